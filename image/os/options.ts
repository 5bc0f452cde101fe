import type { Board } from './board.js';
import { debugOptions, debugPanic } from './debug/debug.js';
import type { Slot } from './slot.js';

/** Two slots, so that one can be written while the other runs. */
export const slotNames = ['a', 'b'] as const;
export type SlotName = (typeof slotNames)[number];

/** A slot's kernel command line: its root, the root's expected hash, and hardening. */
export function optionsOf(
  board: Pick<Board, 'console' | 'debug' | 'start'>,
  name: SlotName,
  { hash, tree }: Pick<Slot, 'hash' | 'tree'>,
): string {
  return [
    `rauc.slot=${name} terashi.slot=root-${name}`,
    `terashi.hash=${hash}`,
    `terashi.tree=${tree}`,
    'root=/dev/mapper/root rootfstype=erofs ro systemd.volatile=state systemd.gpt_auto=0',
    // Restarts in 5 s if the root cannot be opened; boot counting then takes the other slot.
    `panic=${board.debug ? debugPanic : 5}`,
    // Zeroes freed pages, so that no picture lingers in memory.
    'init_on_free=1 slab_nomerge',
    ...(board.debug ? debugOptions(board) : [`console=${board.console} quiet`]),
  ].join(' ');
}
