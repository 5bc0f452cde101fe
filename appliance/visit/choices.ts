import { getNextTransitions } from 'xstate';

import type { Key } from '../panel/view.js';
import { choice, type Choice } from './choice.js';
import type { Delay } from './delays.js';
import type { FromClerk } from './event.js';
import type { VisitSnapshot } from './machine.js';

/** What the clerk can choose now, in the order in which it is shown; empty while the appliance is at work. */
export function choicesOf(snapshot: VisitSnapshot): readonly Choice[] {
  const offered = getNextTransitions(snapshot).map(({ eventType }) => choice.safeParse(eventType));
  return [...new Set(offered.flatMap((parsed) => (parsed.success ? [parsed.data] : [])))];
}

/** Index into `choicesOf` of the one that Enter takes; 0 when there is none. */
export function focusOf(snapshot: VisitSnapshot): number {
  const choices = choicesOf(snapshot);
  const { focus, settings } = snapshot.context;
  const suggested = settings.policy === 'always' ? choices.indexOf('compare-faces') : 0;
  return Math.max(0, Math.min(focus ?? suggested, choices.length - 1));
}

/** The event that a key stands for now, if any. The language is the panel's affair and no part of a visit. */
export function press(snapshot: VisitSnapshot, key: Key): FromClerk | undefined {
  const choices = choicesOf(snapshot);
  const focus = focusOf(snapshot);
  switch (key) {
    case 'left':
      return { type: 'focus', index: Math.max(focus - 1, 0) };
    case 'right':
      return { type: 'focus', index: Math.min(focus + 1, choices.length - 1) };
    case 'enter':
      return { type: choices[focus] ?? 'retry' };
    case 'back':
    case 'cancel':
      return { type: key };
    case 'language':
      return undefined;
  }
}

/** How long what is asked now waits for a key, in milliseconds; undefined while nothing is asked or waits for ever. */
export function patienceOf(snapshot: VisitSnapshot): number | undefined {
  if (choicesOf(snapshot).length === 0) return undefined;
  const delayed = getNextTransitions(snapshot).find((next) => 'delay' in next);
  return delayed && snapshot.context.settings.delays[delayed.delay as Delay];
}
