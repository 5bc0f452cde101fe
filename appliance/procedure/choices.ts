import { type AnyMachineSnapshot, getNextTransitions, type SnapshotStatus, type StateValue } from 'xstate';

import { choice, type Choice } from '../protocol/choice.js';
import { key, type Key } from '../protocol/key.js';
import type { ProcedureContext } from './context.js';
import type { FromClerk } from './event.js';

/** What choices, focus and timeouts need of a snapshot, whichever the machine. */
export type ProcedureSnapshot = {
  readonly context: ProcedureContext;
  readonly value: StateValue;
  readonly status: SnapshotStatus;
  can(event: FromClerk): boolean;
};

/** The clerk's choices, in the order in which they are shown; empty while the appliance is at work. */
export function choicesOf(snapshot: ProcedureSnapshot): readonly Choice[] {
  const types = transitionsOf(snapshot).map(({ eventType }) => choice.safeParse(eventType));
  const choices = types.flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  return [...new Set(choices)].filter((type) => snapshot.can({ type }));
}

/** Index into `choicesOf` of the one that Enter takes; 0 if there is none. */
export function focusOf(snapshot: ProcedureSnapshot): number {
  const choices: readonly (Choice | undefined)[] = choicesOf(snapshot);
  const { focus, suggested } = snapshot.context;
  return Math.max(0, Math.min(focus ?? choices.indexOf(suggested), choices.length - 1));
}

/** The keys that have an effect now. */
export function keysOf(snapshot: ProcedureSnapshot): Key[] {
  const count = choicesOf(snapshot).length;
  const works: Record<Key, boolean> = {
    left: count > 1 || snapshot.can({ type: 'turn', by: -1 }),
    right: count > 1 || snapshot.can({ type: 'turn', by: 1 }),
    next: count > 1 || snapshot.can({ type: 'back' }),
    enter: count > 0 || snapshot.can({ type: 'retry' }),
    back: snapshot.can({ type: 'back' }),
    cancel: snapshot.can({ type: 'cancel' }),
    language: true,
  };
  return key.options.filter((each) => works[each]);
}

/** The event for a key, if any. The core itself handles `language`. */
export function press(snapshot: ProcedureSnapshot, pressed: Key): FromClerk | undefined {
  const choices = choicesOf(snapshot);
  const focus = focusOf(snapshot);
  const turns = snapshot.can({ type: 'turn', by: 1 });
  switch (pressed) {
    case 'left':
      return turns ? { type: 'turn', by: -1 } : { type: 'focus', index: Math.max(focus - 1, 0) };
    case 'right':
      return turns
        ? { type: 'turn', by: 1 }
        : { type: 'focus', index: Math.min(focus + 1, choices.length - 1) };
    case 'next':
      if (turns) return { type: 'turn', by: 1, round: true };
      return choices.length > 1 ? { type: 'focus', index: (focus + 1) % choices.length } : { type: 'back' };
    case 'enter':
      return snapshot.can({ type: 'toggle' }) ? { type: 'toggle' } : { type: choices[focus] ?? 'retry' };
    case 'back':
    case 'cancel':
      return { type: pressed };
    case 'language':
      return undefined;
  }
}

/** How long the question on the screen waits for a key, in milliseconds; undefined if for ever, or nothing is asked. */
export function keyTimeoutOf(snapshot: ProcedureSnapshot): number | undefined {
  if (choicesOf(snapshot).length === 0) return undefined;
  const delayed = transitionsOf(snapshot).find((next) => 'delay' in next);
  return delayed && snapshot.context.delays[delayed.delay as string];
}

function transitionsOf(snapshot: ProcedureSnapshot) {
  return getNextTransitions(snapshot as unknown as AnyMachineSnapshot);
}
