import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RaspberryPi } from '../board.js';
import type { SlotName } from '../options.js';
import { tries } from '../tries.js';
import { secondTries } from './second-tries.js';

/**
 * The firmware's configuration. Each slot's files lie under its own prefix. `config.txt` names the slot to
 * start; `tryboot.txt`, read for one start if the previous system asked for it, names the other slot.
 */
export function configOf(name: SlotName, debug = false): string {
  return [
    // Must stay the first line: the initrd and `slots` read the slot from it.
    `os_prefix=slot-${name}/`,
    'arm_64bit=1',
    'kernel=linux',
    // From the card's root: releases of the firmware differ in whether they put the prefix before this name
    // (rpi-eeprom, 2025-12-08 and 2026-06-29), and none puts it before an absolute one (`os_prefix` in the documentation).
    `initramfs /slot-${name}/initrd followkernel`,
    'camera_auto_detect=1',
    'dtoverlay=vc4-kms-v3d',
    // No radio; a watchdog that resets a hung box.
    'dtoverlay=disable-wifi',
    'dtoverlay=disable-bt',
    'dtparam=watchdog=on',
    'disable_splash=1',
    ...(debug ? secondTries : []),
    '',
  ].join('\n');
}

/**
 * Raspberry Pi's kernels disable the memory controller, and with it every unit's MemoryMax and MemorySwapMax, unless
 * asked (raspberrypi/linux, issue 6980).
 */
const memoryController = 'cgroup_enable=memory';

/** The boot files of a slot that differ between slots, by file name. */
export const slotBootFiles = (
  name: SlotName,
  options: string,
  debug = false,
): Readonly<Record<string, string>> => ({
  'cmdline.txt': `${options} ${memoryController}\n`,
  'config.txt': configOf(name, debug),
});

/** Copies the device trees and overlays beside a kernel. */
export async function copyDeviceTrees(root: string, kernel: string): Promise<void> {
  const trees = await deviceTreesIn(root);
  await cp(join(trees, 'broadcom'), kernel, { recursive: true });
  await cp(join(trees, 'overlays'), join(kernel, 'overlays'), { recursive: true });
  // The firmware uses the overlays under the slot's prefix only if this file is among them.
  await writeFile(join(kernel, 'overlays', 'README'), '');
}

/** Has the firmware start slot a, whose boot files lie in their folder already; there is no `tryboot.txt` yet. */
export async function writeRaspberryPiBoot(
  { firmware }: RaspberryPi,
  root: string,
  folder: string,
): Promise<void> {
  for (const file of firmware) await cp(join(root, 'usr', 'lib', 'raspi-firmware', file), join(folder, file));
  await cp(join(folder, 'slot-a', 'config.txt'), join(folder, 'config.txt'));
  await mkdir(join(folder, 'tries'));
  await writeFile(join(folder, 'tries', 'a'), `${tries}\n`);
}

/** The kernel package installs them in a folder named after its version. */
async function deviceTreesIn(root: string): Promise<string> {
  const libraries = join(root, 'usr', 'lib');
  const found = (await readdir(libraries)).filter((name) => name.startsWith('linux-image-'));
  if (found.length !== 1)
    throw new Error(`expected the device trees of one kernel: ${found.join(' ') || '–'}`);
  return join(libraries, found[0]);
}
