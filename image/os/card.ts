import { link, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

import type { Platform } from '../package/platform.js';
import { output, run } from '../package/run-program.js';

/** The contents of the card: the files on its two FAT partitions, each a folder, and the root of slot a. */
export type Contents = { readonly boot: string; readonly settings: string; readonly slot: string };

/** The kernel finds partitions by these labels, Windows the settings by the label of their file system. */
const disk = '7e7a511c-0de0-4a5d-8f1e-00000000d15c';
const name = (number: number) => `7e7a511c-0de0-4a5d-8f1e-00000000000${number}`;

/** Partition types of root file systems in the Discoverable Partitions Specification. */
const rootTypes = {
  amd64: '4f68bce3-e8cd-4db1-96e7-fbcaf984b709',
  arm64: 'b921b045-1df0-41c3-af44-4c6f280d3fae',
} as const;

/** Microsoft's Basic Data, to which Windows gives a letter. */
const basicData = 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7';

/** In MiB: the size of a slot on every card, with room for later versions. */
const slotSize = 1024;

type Fat = {
  /** The folder with its files. */
  readonly folder: 'boot' | 'settings';
  /** At most 11 characters. */
  readonly label: string;
  /** In hexadecimal. */
  readonly serial: string;
  /** In MiB. */
  readonly size: number;
};

/**
 * genimage's configuration of a FAT file system. Always FAT32, which every firmware reads; both sizes give it at least
 * the 65,525 clusters that it must have (Microsoft's FAT specification, "FAT Type Determination").
 */
const fat = ({ folder, label, serial, size }: Fat, files: readonly string[]) => `
image ${folder}.vfat {
  vfat {
    label = "${label}"
    extraargs = "--invariant -F 32 -i ${serial}"
${files.map((file) => `    file "${file}" { image = "${folder}/${file}" }`).join('\n')}
  }
  size = ${size}M
}
`;

/** The files of each FAT partition, in the order in which they are written. */
type Files = { readonly boot: readonly string[]; readonly settings: readonly string[] };

/**
 * genimage's configuration of the card. What starts the box is an EFI System partition, to which Windows gives no
 * letter; what a municipality edits lies apart from it. The data partition grows to the end of the card at first start.
 */
export const layout = (platform: Platform['debian'], files: Files): string => `
${fat({ folder: 'boot', label: 'TERASHIBOOT', serial: '7e7a511c', size: 512 }, files.boot)}
${fat({ folder: 'settings', label: 'TERASHI', serial: '7e7a511d', size: 64 }, files.settings)}
image data.ext4 {
  ext4 { label = "records" use-mke2fs = true extraargs = "-U ${name(9)} -E hash_seed=${name(9)} -m 0" }
  empty = true
  size = 32M
}
image card.img {
  hdimage { partition-table-type = "gpt" align = 1M disk-uuid = "${disk}" }
  partition boot { image = "boot.vfat" partition-type-uuid = "U" partition-uuid = "${name(1)}" }
  partition settings { image = "settings.vfat" partition-type-uuid = "${basicData}" partition-uuid = "${name(5)}" }
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

/**
 * Builds a card image in `work` and returns its path. The same contents and `commitTime` give the same bytes.
 *
 * @param commitTime in seconds since 1970
 * @throws if the root is larger than a slot, or a program fails
 */
export async function makeCard(
  platform: Platform['debian'],
  { boot, settings, slot }: Contents,
  work: string,
  commitTime: number,
): Promise<string> {
  const folder = (part: string) => join(work, part);
  const { size } = await stat(slot);
  if (size > slotSize * 2 ** 20) throw new Error(`a slot has ${slotSize} MiB, and the root ${size} bytes`);
  // Empty: the configuration names every file.
  await mkdir(folder('root'));
  await mkdir(folder('in'));
  const files = { boot: await filesIn(boot), settings: await filesIn(settings) };
  await writeFile(folder('genimage.cfg'), layout(platform, files));
  await symlink(resolve(boot), folder('in/boot'));
  await symlink(resolve(settings), folder('in/settings'));
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
  const card = folder('out/card.img');
  await useSectorsFrom34(card, work);
  return card;
}

/**
 * Has the header say that the first usable sector is 34, right after the partitions' entries, as UEFI 2.10 (5.3.2) means
 * it. genimage before 19 says where the first partition begins; Windows then moves the entries there, where the boot
 * loader of older Raspberry Pis does not find them.
 */
async function useSectorsFrom34(card: string, work: string): Promise<void> {
  // What it prints is about disks that the kernel has in use.
  await output('sgdisk', ['--move-main-table=2', card], { cwd: work });
}
