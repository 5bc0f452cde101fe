import { link, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

import type { Platform } from '../package/platform.js';
import { run } from '../package/programs.js';

/** What lies on the card, each a file or a folder. */
export type Contents = { readonly boot: string; readonly slot: string };

/** Partitions are named to the kernel by these labels, and to Windows by the first one's. */
const disk = '7e7a511c-0de0-4a5d-8f1e-00000000d15c';
const name = (number: number) => `7e7a511c-0de0-4a5d-8f1e-00000000000${number}`;

/** What a partition with a root is to the Discoverable Partitions Specification. */
const rootTypes = {
  amd64: '4f68bce3-e8cd-4db1-96e7-fbcaf984b709',
  arm64: 'b921b045-1df0-41c3-af44-4c6f280d3fae',
} as const;

/** In MiB: a slot on every card, so that any later version fits into it. */
const slotSize = 1024;

/**
 * The card as genimage reads it; the data partition grows to the card's end when the box first starts.
 *
 * @param boot what lies on the boot partition, in the order that it is written in
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

/** In the order of their names: a folder's own is that in which a computer happens to find them. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => !entry.isDirectory());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

/**
 * What gives every file system the same times, on whichever computer it is made: genimage's own word for it, FAT's times
 * of day, those of mke2fs and of e2fsck.
 */
function timesOf(madeAt: number): NodeJS.ProcessEnv {
  const time = String(madeAt);
  return { SOURCE_DATE_EPOCH: time, TZ: 'UTC', E2FSPROGS_FAKE_TIME: time, E2FSCK_TIME: time };
}

/** Makes the image of a card in `work`, and answers where it lies: the same bytes for the same contents and `madeAt`. */
export async function makeCard(
  platform: Platform['debian'],
  { boot, slot }: Contents,
  work: string,
  madeAt: number,
): Promise<string> {
  const folder = (part: string) => join(work, part);
  const { size } = await stat(slot);
  if (size > slotSize * 2 ** 20) throw new Error(`a slot has ${slotSize} MiB, and the root ${size} bytes`);
  // Nothing: what lies on the card is named one by one.
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
    { cwd: work, env: timesOf(madeAt) },
  );
  return folder('out/card.img');
}
