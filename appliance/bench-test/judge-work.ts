import type { Heat } from './heat.js';
import { failed, notMade, passed, type StepResult } from './step.js';

/** A time of work without a break. */
export type WorkDone = Heat & {
  /** How often the whole work was done, and whether each time well. */
  readonly rounds: number;
  readonly allWell: boolean;
  readonly minutes: number;
  readonly requestedMinutes: number;
};

/** Judges work without a break. @param counted what the report calls a round of it */
export function judgeWork(
  { rounds, allWell, temperatures, flags, minutes, requestedMinutes }: WorkDone,
  counted: 'visits' | 'selfTests',
): StepResult {
  const hottest = Math.max(...temperatures.map(({ numbers }) => numbers.celsius ?? -Infinity));
  const numbers = {
    [counted]: rounds,
    minutes: Math.round(minutes * 10) / 10,
    ...(Number.isFinite(hottest) ? { celsius: hottest } : {}),
    ...(flags === undefined ? {} : { flags }),
  };
  if (rounds === 0 || !allWell || minutes < requestedMinutes)
    return failed('visits', { code: 'visits-broken-off' }, numbers);
  if (flags) return failed('visits', { code: 'throttled' }, numbers);
  if (temperatures.some(({ code }) => code === 'hot')) return failed('visits', { code: 'hot' }, numbers);
  const heatKnown = flags !== undefined || Number.isFinite(hottest);
  return heatKnown ? passed('visits', numbers) : notMade('visits', { code: 'heat-unknown' }, numbers);
}
