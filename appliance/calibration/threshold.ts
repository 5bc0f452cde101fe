import { err, ok, type Result } from '../result.js';
import { type Bound, falseMatchRate } from './calibration.js';

/** What a municipality asks for: a similarity score, a false match rate, or neither. */
export type ThresholdAsked = {
  readonly score: number | undefined;
  readonly falseMatchRate: number | undefined;
};

/** A threshold that more than one stranger in fifty may reach is none. */
export const highestRate = 0.02;

/**
 * The decision threshold: the score asked for, the lowest calibrated one that keeps to the rate asked for, or else
 * the model's own.
 *
 * @returns `threshold-unsupported` where the calibration's data cannot support it. By the rule of three (Hanley and
 *   Lippman-Hand 1983) n comparisons of strangers without a false match only show that the rate is below 3/n.
 */
export function decideThreshold(
  asked: ThresholdAsked,
  advised: number,
  bounds: readonly Bound[],
): Result<number, 'threshold-unsupported'> {
  const rate = asked.falseMatchRate;
  if (rate !== undefined) {
    const point = bounds.find(({ upper95 }) => upper95 <= rate);
    return point ? ok(point.similarity) : err('threshold-unsupported');
  }
  const score = asked.score ?? advised;
  return falseMatchRate(bounds, score) <= highestRate ? ok(score) : err('threshold-unsupported');
}
