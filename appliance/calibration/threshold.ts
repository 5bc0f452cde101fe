import { err, ok, type Result } from '../result.js';
import { type Bound, falseMatchRate } from './calibration.js';

/** The municipality's setting: a similarity score, a false match rate, or neither. */
export type RequestedThreshold = {
  readonly score: number | undefined;
  readonly falseMatchRate: number | undefined;
};

/**
 * Thresholds of which no more is known than that one stranger in five may reach them are refused. Thirty persons without
 * a false match, worth 15 independent comparisons, show 18 %.
 */
export const highestRate = 0.2;

/**
 * The decision threshold: the requested score, the lowest calibrated score with the requested rate, or the model's own.
 *
 * @param bounds of the hardest strangers that the calibration supports
 * @returns `threshold-unsupported` if the calibration's data cannot support it
 */
export function decideThreshold(
  asked: RequestedThreshold,
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
