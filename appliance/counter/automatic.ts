import { choicesOf } from '../procedure/choices.js';
import type { Choice } from '../protocol/choice.js';
import type { CounterSnapshot } from './machine.js';
import { activeOf } from './snapshot.js';

/** The first of these that is offered. Below the threshold `hand-over` comes only after a superior was asked. */
const preferred: readonly Choice[] = [
  'compare-faces',
  'agree',
  'scan-now',
  'photograph-now',
  'hand-over',
  'do-not-hand-over',
  'stop',
  'done',
];

/**
 * The choice of a visit without a clerk: it agrees, scans, photographs, decides by the threshold, and stops if a
 * picture cannot be used. Undefined while there is no choice, and before a visit begins.
 */
export function automatic(snapshot: CounterSnapshot): Choice | undefined {
  const offered = choicesOf(activeOf(snapshot));
  return preferred.find((choice) => offered.includes(choice));
}
