import type { Board } from './board.js';
import type { Slot } from './slot.js';

/** Of what there are two, so that one can be written while the other runs. */
export const slotNames = ['a', 'b'] as const;
export type SlotName = (typeof slotNames)[number];

/** What the kernel of a slot is told: its root and the hash that it is held to, and what a box is not to do. */
export function optionsOf(
  board: Pick<Board, 'console'>,
  name: SlotName,
  { hash, tree }: Pick<Slot, 'hash' | 'tree'>,
): string {
  return [
    `rauc.slot=${name} terashi.slot=root-${name}`,
    `terashi.hash=${hash}`,
    `terashi.tree=${tree}`,
    'root=/dev/mapper/root rootfstype=erofs ro systemd.volatile=state systemd.gpt_auto=0',
    // A slot that cannot be opened gives way to the other.
    'panic=5',
    // Pages are zeroed when they are freed: nothing of a picture lingers.
    'init_on_free=1 slab_nomerge',
    `console=${board.console} quiet`,
  ].join(' ');
}
