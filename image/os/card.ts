import { link, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

import type { Platform } from '../package/platform.js';
import { run } from '../package/run-program.js';

/** The contents of the card, each a file or a folder. */
export type Contents = { readonly boot: string; readonly slot: string };

/** The kernel finds partitions by these labels, Windows the first by its own. */
const disk = '7e7a511c-0de0-4a5d-8f1e-00000000d15c';
const name = (number: number) => `7e7a511c-0de0-4a5d-8f1e-00000000000${number}`;

/** Partition types of root file systems in the Discoverable Partitions Specification. */
const rootTypes = {
  amd64: '4f68bce3-e8cd-4db1-96e7-fbcaf984b709',
  arm64: 'b921b045-1df0-41c3-af44-4c6f280d3fae',
} as const;

/** In MiB: the size of a slot on every card, with room for later versions. */
const slotSize = 1024;

/**
 * genimage's configuration of the card. The data partition grows to the end of the card at first start.
 *
 * @param boot the files on the boot partition, in the order in which they are written
 */
export const layout = (platform: Platform['debian'], boot: readonly string[]): string => `
image boot.vfat {
  vfat {
    label = "TERASHI"
    extraargs = "--invariant -i 7e7a511c"
${boot.map((file) => `    file "${file}" { image = "boot/${file}" }`).join('\n')}
  }
  size = 512M
}
image data.ext4 {
  ext4 { label = "records" use-mke2fs = true extraargs = "-U ${name(9)} -E hash_seed=${name(9)} -m 0" }
  empty = true
  size = 32M
}
image card.img {
  hdimage { partition-table-type = "gpt" align = 1M disk-uuid = "${disk}" }
  partition boot { image = "boot.vfat" partition-type-uuid = "U" partition-uuid = "${name(1)}" }
  partition root-a { image = "slot.img" size = ${slotSize}M partition-type-uuid = "${rootTypes[platform]}" partition-uuid = "${name(2)}" }
  partition root-b { size = ${slotSize}M partition-type-uuid = "${rootTypes[platform]}" partition-uuid = "${name(3)}" }
  partition data { image = "data.ext4" partition-type-uuid = "L" partition-uuid = "${name(4)}" }
}
`;

/** Sorted by name: the order of readdir varies between computers. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => !entry.isDirectory());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

/** Fixes the timestamps of all file systems: for genimage, FAT, mke2fs and e2fsck. */
function timesOf(commitTime: number): NodeJS.ProcessEnv {
  const time = String(commitTime);
  return { SOURCE_DATE_EPOCH: time, TZ: 'UTC', E2FSPROGS_FAKE_TIME: time, E2FSCK_TIME: time };
}

/** Builds a card image in `work` and returns its path. The same contents and `commitTime` give the same bytes. */
export async function makeCard(
  platform: Platform['debian'],
  { boot, slot }: Contents,
  work: string,
  commitTime: number,
): Promise<string> {
  const folder = (part: string) => join(work, part);
  const { size } = await stat(slot);
  if (size > slotSize * 2 ** 20) throw new Error(`a slot has ${slotSize} MiB, and the root ${size} bytes`);
  // Empty: the configuration names every file.
  await mkdir(folder('root'));
  await mkdir(folder('in'));
  await writeFile(folder('genimage.cfg'), layout(platform, await filesIn(boot)));
  await symlink(resolve(boot), folder('in/boot'));
  await link(slot, folder('in/slot.img'));
  await run(
    'genimage',
    [
      `--config=${folder('genimage.cfg')}`,
      `--rootpath=${folder('root')}`,
      `--tmppath=${folder('tmp')}`,
      `--inputpath=${folder('in')}`,
      `--outputpath=${folder('out')}`,
    ],
    { cwd: work, env: timesOf(commitTime) },
  );
  return folder('out/card.img');
}
