import type { Choice } from '../protocol/choice.js';
import { choicesOf } from './choices.js';
import type { VisitSnapshot } from './machine.js';

/** Under the threshold no hand-over is offered, so the first of these that is offered is what the number says. */
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
 * The choice that a visit on its own takes: it agrees, scans, photographs, decides by the threshold, and stops
 * where a picture cannot be used. Undefined while there is nothing to choose, and before a visit has begun.
 */
export function automatic(snapshot: VisitSnapshot): Choice | undefined {
  const offered = choicesOf(snapshot);
  return preferred.find((choice) => offered.includes(choice));
}
