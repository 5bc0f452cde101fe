import { cp, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Board } from './board.js';
import { optionsOf, type SlotName, slotNames } from './options.js';
import {
  copyDeviceTrees,
  slotBootFiles as raspberryPiFiles,
  writeRaspberryPiBoot,
} from './raspberry-pi/raspberry-pi.js';
import type { Slot } from './slot.js';
import type { Signer } from './uefi/secure-boot.js';
import { copyStub, slotBootFiles as uefiFiles, writeUefiBoot } from './uefi/uefi.js';
import { writeUnifiedKernel } from './uefi/unified-kernel.js';

type Starting = Pick<Board, 'console' | 'debug' | 'start'>;

/** A root and its version. */
export type Release = { readonly slot: Pick<Slot, 'hash' | 'tree'>; readonly version: string };

/**
 * What starts a root: a folder with kernel and initrd, a board's device trees, and UEFI's stub; on UEFI also the key that
 * signs them.
 */
export type Kernel = { readonly kernel: string; readonly signer?: Signer | undefined };

/** The texts of a slot that differ between slots, by file name, in the form that the board's firmware reads. */
export function slotBootFiles(
  board: Starting,
  name: SlotName,
  { slot, version }: Release,
): Readonly<Record<string, string>> {
  return board.start.kind === 'uefi'
    ? uefiFiles(name, version)
    : raspberryPiFiles(name, optionsOf(board, name, slot), board.debug);
}

/** Moves out of a root the boot files common to both slots: kernel, initrd, and a board's device trees or UEFI's stub. */
export async function extractKernel(
  { start }: Pick<Board, 'start'>,
  root: string,
  kernel: string,
): Promise<void> {
  for (const file of ['linux', 'initrd']) await rename(join(root, `terashi-${file}`), join(kernel, file));
  if (start.kind === 'raspberry-pi') await copyDeviceTrees(root, kernel);
  else await copyStub(start, root, kernel);
}

/** Fills the boot partition, which the firmware reads: slot a's boot files, what starts them, and a README. */
export async function writeBootFiles(
  board: Starting,
  { root, kernel, signer }: Kernel & { readonly root: string },
  release: Release,
  folder: string,
): Promise<void> {
  const { start } = board;
  const first = join(folder, 'slot-a');
  if (start.kind === 'raspberry-pi') await cp(kernel, first, { recursive: true });
  await writeSlotFiles(board, 'a', release, { kernel, signer }, first);
  if (start.kind === 'uefi') await writeUefiBoot(start, root, signer, folder);
  else await writeRaspberryPiBoot(start, root, folder);
  await cp(join(installation.root, 'image', 'os', 'boot', 'README.txt'), join(folder, 'README.txt'));
}

/** Fills an update with boot files: `boot-a` and `boot-b`, and on a Raspberry Pi `boot`, which both slots have in common. */
export async function writeUpdateFiles(
  board: Starting,
  made: Kernel,
  release: Release,
  folder: string,
): Promise<void> {
  if (board.start.kind === 'raspberry-pi') await cp(made.kernel, join(folder, 'boot'), { recursive: true });
  for (const name of slotNames)
    await writeSlotFiles(board, name, release, made, join(folder, `boot-${name}`));
}

/** Writes what differs between slots: the texts, and on UEFI the kernel, because its command line is part of it. */
async function writeSlotFiles(
  board: Starting,
  name: SlotName,
  release: Release,
  made: Kernel,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(slotBootFiles(board, name, release)))
    await writeFile(join(folder, file), text);
  if (board.start.kind === 'uefi')
    await writeUnifiedKernel(made, optionsOf(board, name, release.slot), release.version, folder);
}
