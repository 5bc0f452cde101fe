import { getNextTransitions } from 'xstate';

import { key, type Key } from '../protocol/key.js';
import { choice, type Choice } from '../protocol/choice.js';
import type { Delay } from './delays.js';
import type { FromClerk } from './event.js';
import type { VisitSnapshot } from './machine.js';
import { pressOnClock } from './setting.js';

/** What the clerk can choose now, in the order in which it is shown; empty while the appliance is at work. */
export function choicesOf(snapshot: VisitSnapshot): readonly Choice[] {
  const offered = getNextTransitions(snapshot).map(({ eventType }) => choice.safeParse(eventType));
  const known = offered.flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  return [...new Set(known)].filter((type) => snapshot.can({ type }));
}

/** Index into `choicesOf` of the one that Enter takes; 0 when there is none. */
export function focusOf(snapshot: VisitSnapshot): number {
  const choices = choicesOf(snapshot);
  const { focus, settings } = snapshot.context;
  const suggested = settings.policy === 'always' ? choices.indexOf('compare-faces') : 0;
  return Math.max(0, Math.min(focus ?? suggested, choices.length - 1));
}

/** The keys that do something now. */
export function keysOf(snapshot: VisitSnapshot): Key[] {
  const count = choicesOf(snapshot).length;
  const works: Record<Key, boolean> = {
    left: count > 1 || snapshot.can({ type: 'turn', by: -1 }),
    right: count > 1 || snapshot.can({ type: 'turn', by: 1 }),
    next: count > 1 || snapshot.can({ type: 'back' }),
    enter: count > 0 || snapshot.can({ type: 'retry' }),
    back: snapshot.can({ type: 'back' }),
    cancel: snapshot.can({ type: 'cancel' }),
    language: true,
    quit: true,
  };
  return key.options.filter((each) => works[each]);
}

/** The event that a key stands for now, if any. The language and quitting are no part of a visit. */
export function press(snapshot: VisitSnapshot, pressed: Key): FromClerk | undefined {
  const { setting } = snapshot.context;
  if (setting && snapshot.matches({ clock: 'setting-clock' })) return pressOnClock(setting, pressed);
  const choices = choicesOf(snapshot);
  const focus = focusOf(snapshot);
  switch (pressed) {
    case 'left':
      return { type: 'focus', index: Math.max(focus - 1, 0) };
    case 'right':
      return { type: 'focus', index: Math.min(focus + 1, choices.length - 1) };
    case 'next':
      return choices.length > 1 ? { type: 'focus', index: (focus + 1) % choices.length } : { type: 'back' };
    case 'enter':
      return { type: choices[focus] ?? 'retry' };
    case 'back':
    case 'cancel':
      return { type: pressed };
    case 'language':
    case 'quit':
      return undefined;
  }
}

/** How long what is asked now waits for a key, in milliseconds; undefined while nothing is asked or waits for ever. */
export function patienceOf(snapshot: VisitSnapshot): number | undefined {
  if (choicesOf(snapshot).length === 0) return undefined;
  const delayed = getNextTransitions(snapshot).find((next) => 'delay' in next);
  return delayed && snapshot.context.settings.delays[delayed.delay as Delay];
}
