import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RaspberryPi } from './board.js';
import type { SlotName } from './options.js';

/**
 * What the firmware reads: all of a slot lies under its own prefix. `config.txt` names the slot that starts, and
 * `tryboot.txt`, which is read at one start only where the one before asked for that, a new one that is not proven yet.
 */
export function configOf(name: SlotName): string {
  return [
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

/** Lays the firmware, the slot's device trees and its command line; there is no `tryboot.txt` on a new card. */
export async function layRaspberryPi(
  { firmware }: RaspberryPi,
  root: string,
  options: string,
  folder: string,
): Promise<void> {
  for (const file of firmware) await cp(join(root, 'usr', 'lib', 'raspi-firmware', file), join(folder, file));
  await writeFile(join(folder, 'config.txt'), configOf('a'));
  const slot = join(folder, 'slot-a');
  const trees = await treesIn(root);
  await cp(join(trees, 'broadcom'), slot, { recursive: true });
  await cp(join(trees, 'overlays'), join(slot, 'overlays'), { recursive: true });
  // The firmware takes a slot's overlays for its own only where this file lies among them.
  await writeFile(join(slot, 'overlays', 'README'), '');
  await writeFile(join(slot, 'cmdline.txt'), `${options}\n`);
}

/** The kernel's package has them in a folder that bears its version. */
async function treesIn(root: string): Promise<string> {
  const libraries = join(root, 'usr', 'lib');
  const found = (await readdir(libraries)).filter((name) => name.startsWith('linux-image-'));
  if (found.length !== 1) throw new Error(`device trees of one kernel are wanted: ${found.join(' ') || '–'}`);
  return join(libraries, found[0]);
}
