import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Board } from './board.js';
import { optionsOf, type SlotName } from './options.js';
import {
  copyDeviceTrees,
  slotBootFiles as raspberryPiFiles,
  writeRaspberryPiBoot,
} from './raspberry-pi/raspberry-pi.js';
import type { Slot } from './slot.js';
import { slotBootFiles as uefiFiles, writeUefiBoot } from './uefi/uefi.js';

/**
 * The boot files of a slot that differ between slots, by file name: the kernel command line with the root's
 * hash, in the form that the board's firmware reads.
 */
export function slotBootFiles(
  board: Pick<Board, 'console' | 'debug' | 'start'>,
  name: SlotName,
  slot: Pick<Slot, 'hash' | 'tree'>,
  version: string,
): Readonly<Record<string, string>> {
  const options = optionsOf(board, name, slot);
  return board.start.kind === 'uefi'
    ? uefiFiles(name, options, version)
    : raspberryPiFiles(name, options, board.debug);
}

/** Moves out of a root the boot files common to both slots: kernel, initrd, and a board's device trees. */
export async function extractKernel(
  { start }: Pick<Board, 'start'>,
  root: string,
  kernel: string,
): Promise<void> {
  for (const file of ['linux', 'initrd']) await rename(join(root, `terashi-${file}`), join(kernel, file));
  if (start.kind === 'raspberry-pi') await copyDeviceTrees(root, kernel);
}

/** Fills the boot partition, which the firmware reads: slot a's boot files, its kernel and a README. */
export async function writeBootFiles(
  { start }: Pick<Board, 'start'>,
  { root, kernel }: { readonly root: string; readonly kernel: string },
  first: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  await cp(kernel, join(folder, 'slot-a'), { recursive: true });
  if (start.kind === 'uefi') await writeUefiBoot(start, root, first, folder);
  else await writeRaspberryPiBoot(start, root, first, folder);
  await cp(join(installation.root, 'image', 'os', 'boot', 'README.txt'), join(folder, 'README.txt'));
}
