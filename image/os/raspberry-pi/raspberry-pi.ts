import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RaspberryPi } from '../board.js';
import type { SlotName } from '../options.js';
import { tries } from '../tries.js';

/**
 * What the firmware reads: all of a slot lies under its own prefix. `config.txt` names the slot that starts, and
 * `tryboot.txt`, which is read at one start only where the one before asked for that, the other one.
 */
export function configOf(name: SlotName): string {
  return [
    // The initrd knows the slot by this line, and by its being the first.
    `os_prefix=slot-${name}/`,
    'arm_64bit=1',
    'kernel=linux',
    'initramfs initrd followkernel',
    'camera_auto_detect=1',
    'dtoverlay=vc4-kms-v3d',
    // A box has no network, and what hangs resets it.
    'dtoverlay=disable-wifi',
    'dtoverlay=disable-bt',
    'dtparam=watchdog=on',
    'disable_splash=1',
    '',
  ].join('\n');
}

/** What a slot starts with that differs from the other slot's, by the files' names. */
export const startOf = (name: SlotName, options: string): Readonly<Record<string, string>> => ({
  'cmdline.txt': `${options}\n`,
  'config.txt': configOf(name),
});

/** Lays the device trees beside a kernel, and their overlays. */
export async function layTrees(root: string, kernel: string): Promise<void> {
  const trees = await treesIn(root);
  await cp(join(trees, 'broadcom'), kernel, { recursive: true });
  await cp(join(trees, 'overlays'), join(kernel, 'overlays'), { recursive: true });
  // The firmware takes a slot's overlays for its own only where this file lies among them.
  await writeFile(join(kernel, 'overlays', 'README'), '');
}

/** Lays what starts a new card's first slot: there is no `tryboot.txt` yet. */
export async function layRaspberryPi(
  { firmware }: RaspberryPi,
  root: string,
  start: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  for (const file of firmware) await cp(join(root, 'usr', 'lib', 'raspi-firmware', file), join(folder, file));
  for (const [file, text] of Object.entries(start)) await writeFile(join(folder, 'slot-a', file), text);
  await writeFile(join(folder, 'config.txt'), start['config.txt']);
  await mkdir(join(folder, 'tries'));
  await writeFile(join(folder, 'tries', 'a'), `${tries}\n`);
}

/** The kernel's package has them in a folder that bears its version. */
async function treesIn(root: string): Promise<string> {
  const libraries = join(root, 'usr', 'lib');
  const found = (await readdir(libraries)).filter((name) => name.startsWith('linux-image-'));
  if (found.length !== 1) throw new Error(`device trees of one kernel are wanted: ${found.join(' ') || '–'}`);
  return join(libraries, found[0]);
}
