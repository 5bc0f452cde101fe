import { cp, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Uefi } from '../board.js';
import type { SlotName } from '../options.js';
import { tries } from '../tries.js';
import { type Signer, signProgram, writeKeySet } from './secure-boot.js';
import { unifiedKernelFile } from './unified-kernel.js';

/**
 * The name of a slot's entry on a new card, with all its tries (Boot Loader Specification, "Boot counting").
 */
export const entryFile = (name: SlotName): string => `slot-${name}+${tries}.conf`;

/**
 * The default is the first entry with tries left by sort key (1; the other slot's is 2). No entry is named,
 * so switching slots only takes changing two keys. Firmware in setup mode takes the card's keys only when somebody
 * chooses so, also in an emulated box.
 */
const loader = ['default slot-*', 'timeout 0', 'editor no', 'secure-boot-enroll manual', ''].join('\n');

/** Where systemd-boot finds the keys that it offers to firmware in setup mode (systemd-boot(7)). */
const keySet = join('loader', 'keys', 'auto');

/** The texts of a slot, by file name. */
export const slotBootFiles = (name: SlotName, version: string): Readonly<Record<string, string>> => ({
  'entry.conf': entryOf(name, version),
});

/** Copies the stub of unified kernel images beside a kernel. */
export async function copyStub({ stub }: Uefi, root: string, kernel: string): Promise<void> {
  await cp(join(root, stub), join(kernel, 'stub'));
}

/**
 * Adds to slot a's boot files, which lie in their folder already, its entry's place, the boot manager, and the signer's key
 * set. The other slot of a new card is empty.
 */
export async function writeUefiBoot(
  { from, manager }: Uefi,
  root: string,
  signer: Signer | undefined,
  folder: string,
): Promise<void> {
  await mkdir(dirname(join(folder, manager)), { recursive: true });
  await cp(join(root, from), join(folder, manager));
  await mkdir(join(folder, 'loader', 'entries'), { recursive: true });
  await writeFile(join(folder, 'loader', 'loader.conf'), loader);
  await rename(join(folder, 'slot-a', 'entry.conf'), join(folder, 'loader', 'entries', entryFile('a')));
  if (!signer) return;
  await signProgram(join(folder, manager), signer);
  await writeKeySet(signer, join(folder, keySet));
}

/** A slot's entry (Boot Loader Specification, type 1). It has no options: those of the unified kernel image count. */
function entryOf(name: SlotName, version: string): string {
  return [
    `title Terashi (${name})`,
    `version ${version}`,
    `sort-key ${name === 'a' ? 1 : 2}`,
    `efi /slot-${name}/${unifiedKernelFile}`,
    '',
  ].join('\n');
}
