import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Uefi } from '../board.js';
import type { SlotName } from '../options.js';
import { tries } from '../tries.js';

/**
 * The name of a slot's entry on a new card, with all its tries (Boot Loader Specification, "Boot counting").
 */
export const entryFile = (name: SlotName): string => `slot-${name}+${tries}.conf`;

/**
 * The default is the first entry with tries left by sort key (1; the other slot's is 2). No entry is named,
 * so switching slots only takes changing two keys.
 */
const loader = ['default slot-*', 'timeout 0', 'editor no', ''].join('\n');

/** The boot files of a slot that differ between slots, by file name. */
export const slotBootFiles = (
  name: SlotName,
  options: string,
  version: string,
): Readonly<Record<string, string>> => ({ 'entry.conf': entryOf(name, options, version) });

/** Writes the boot manager and one entry; the other slot of a new card is empty. */
export async function writeUefiBoot(
  { from, manager }: Uefi,
  root: string,
  start: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  await mkdir(dirname(join(folder, manager)), { recursive: true });
  await cp(join(root, from), join(folder, manager));
  await mkdir(join(folder, 'loader', 'entries'), { recursive: true });
  await writeFile(join(folder, 'loader', 'loader.conf'), loader);
  await writeFile(join(folder, 'loader', 'entries', entryFile('a')), start['entry.conf']);
}

/** A slot's entry (Boot Loader Specification, type 1). */
function entryOf(name: SlotName, options: string, version: string): string {
  return [
    `title Terashi (${name})`,
    `version ${version}`,
    `sort-key ${name === 'a' ? 1 : 2}`,
    `linux /slot-${name}/linux`,
    `initrd /slot-${name}/initrd`,
    `options ${options}`,
    '',
  ].join('\n');
}
