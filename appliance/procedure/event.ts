import type { Choice } from '../protocol/choice.js';

/** What the clerk does. `retry` writes a record again after a failure. */
export type FromClerk =
  | { readonly type: Choice | 'back' | 'cancel' | 'retry' }
  /** Moves to the choice with that index. */
  | { readonly type: 'focus'; readonly index: number }
  /** In a state with a value to set: an arrow, and Enter to open or close the value. */
  | ({ readonly type: 'turn' } & Turn)
  | { readonly type: 'toggle' };

/** `round` for the one button of the lights, which only goes forward. */
export type Turn = { readonly by: 1; readonly round?: boolean } | { readonly by: -1; readonly round?: false };
