import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Uefi } from '../board.js';
import type { SlotName } from '../options.js';
import { tries } from '../tries.js';

/** A slot's entry on a new card, with all its tries: the Boot Loader Specification, "Boot counting". */
export const entryFile = (name: SlotName): string => `slot-${name}+${tries}.conf`;

/**
 * The first slot is the one whose entry sorts first: it has tries left, and the smaller sort key (1; the other slot's is 2).
 * No entry is named, so that making a slot the first one is changing two keys.
 */
const loader = ['default slot-*', 'timeout 0', 'editor no', ''].join('\n');

/** What a slot starts with that differs from the other slot's, by the files' names. */
export const startOf = (
  name: SlotName,
  options: string,
  version: string,
): Readonly<Record<string, string>> => ({ 'entry.conf': entryOf(name, options, version) });

/** Lays the boot manager and its one entry: the other slot of a new card is empty. */
export async function layUefi(
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

/** A slot's entry for the boot manager: the Boot Loader Specification, type 1. */
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
