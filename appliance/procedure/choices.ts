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
  hasTag(tag: 'decision'): boolean;
};

/** The clerk's choices, in the order in which they are shown; empty while the appliance is at work. */
export function choicesOf(snapshot: ProcedureSnapshot): readonly Choice[] {
  const types = transitionsOf(snapshot).map(({ eventType }) => choice.safeParse(eventType));
  const choices = types.flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  return [...new Set(choices)].filter((type) => snapshot.can({ type }));
}

/** Index into `choicesOf` of the one that Enter takes; undefined if it takes none. */
export function focusOf(snapshot: ProcedureSnapshot): number | undefined {
  const choices = choicesOf(snapshot);
  const focus = snapshot.context.focus ?? firstFocus(snapshot, choices);
  if (focus === undefined || choices.length === 0) return undefined;
  return Math.max(0, Math.min(focus, choices.length - 1));
}

/** The focus until the clerk moves it. */
function firstFocus(snapshot: ProcedureSnapshot, choices: readonly Choice[]): number | undefined {
  const { suggested } = snapshot.context;
  if (suggested !== undefined && choices.includes(suggested)) return choices.indexOf(suggested);
  return snapshot.hasTag('decision') ? undefined : 0;
}

/** The keys that have an effect now. */
export function keysOf(snapshot: ProcedureSnapshot): Key[] {
  const focus = focusOf(snapshot);
  const movable = canMove(choicesOf(snapshot), focus);
  const works: Record<Key, boolean> = {
    left: movable || snapshot.can({ type: 'turn', by: -1 }),
    right: movable || snapshot.can({ type: 'turn', by: 1 }),
    next: movable || snapshot.can({ type: 'back' }),
    enter: focus !== undefined || snapshot.can({ type: 'retry' }),
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
  const last = choices.length - 1;
  const turns = snapshot.can({ type: 'turn', by: 1 });
  switch (pressed) {
    case 'left':
      if (turns) return { type: 'turn', by: -1 };
      return moved(focus, focus === undefined ? last : Math.max(focus - 1, 0));
    case 'right':
      if (turns) return { type: 'turn', by: 1 };
      return moved(focus, focus === undefined ? 0 : Math.min(focus + 1, last));
    case 'next':
      if (turns) return { type: 'turn', by: 1, round: true };
      if (!canMove(choices, focus)) return { type: 'back' };
      return { type: 'focus', index: focus === undefined ? 0 : (focus + 1) % choices.length };
    case 'enter':
      if (snapshot.can({ type: 'toggle' })) return { type: 'toggle' };
      if (choices.length === 0) return { type: 'retry' };
      return focus === undefined ? undefined : { type: choices[focus] };
    case 'back':
    case 'cancel':
      return { type: pressed };
    case 'language':
      return undefined;
  }
}

/** Whether there is a choice to move to. */
function canMove(choices: readonly Choice[], focus: number | undefined): boolean {
  return choices.length > (focus === undefined ? 0 : 1);
}

/** At either end nothing moves, so that an arrow that is held down does not keep a question waiting for ever. */
function moved(from: number | undefined, to: number): FromClerk | undefined {
  return to === from ? undefined : { type: 'focus', index: to };
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
