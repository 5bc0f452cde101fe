import { cp, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Board } from './board.js';
import type { Slot } from './slot.js';

/** Of what there are two, so that one can be written while the other runs. */
export const slotNames = ['a', 'b'] as const;
export type SlotName = (typeof slotNames)[number];

/** How often a slot may start without saying that it started well, before the other one is taken. */
export const tries = 3;

/** A slot's entry on a new card, with all its tries: the Boot Loader Specification, "Boot counting". */
export const entryFile = (name: SlotName): string => `slot-${name}+${tries}.conf`;

/**
 * The first slot is the one whose entry sorts first: it has tries left, and the smaller sort key (1; the other slot's is 2).
 * No entry is named, so that making a slot the first one is changing two keys.
 */
const loader = ['default slot-*', 'timeout 0', 'editor no', ''].join('\n');

/** Lays what the firmware and a Windows PC read: the boot manager, a slot's kernel, the settings and a word about them. */
export async function layBootFiles(board: Board, root: string, folder: string): Promise<void> {
  const manager = join(folder, board.manager.to);
  await mkdir(join(manager, '..'), { recursive: true });
  await cp(join(root, board.manager.from), manager);
  await mkdir(join(folder, 'loader', 'entries'), { recursive: true });
  await writeFile(join(folder, 'loader', 'loader.conf'), loader);
  await mkdir(join(folder, 'slot-a'));
  await rename(join(root, 'terashi-linux'), join(folder, 'slot-a', 'linux'));
  await rename(join(root, 'terashi-initrd'), join(folder, 'slot-a', 'initrd'));
  await cp(installation.settings, join(folder, 'terashi.toml'));
  await cp(join(installation.root, 'image', 'os', 'boot', 'README.txt'), join(folder, 'README.txt'));
}

/** A slot's entry for the boot manager: the Boot Loader Specification, type 1. */
export function entryOf(
  board: Pick<Board, 'console'>,
  name: SlotName,
  { hash, tree }: Pick<Slot, 'hash' | 'tree'>,
  version: string,
): string {
  const options = [
    `terashi.slot=root-${name}`,
    `terashi.hash=${hash}`,
    `terashi.tree=${tree}`,
    'root=/dev/mapper/root rootfstype=erofs ro systemd.volatile=state systemd.gpt_auto=0',
    // A slot that cannot be opened gives way to the other.
    'panic=5',
    // Pages are zeroed when they are freed: nothing of a picture lingers.
    'init_on_free=1 slab_nomerge',
    `console=${board.console} quiet`,
  ].join(' ');
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
