import { err, ok, type Result } from '../result.js';
import { type Bound, falseMatchRate } from './calibration.js';

/** The municipality's setting: a similarity score, a false match rate, or neither. */
export type RequestedThreshold = {
  readonly score: number | undefined;
  readonly falseMatchRate: number | undefined;
};

/** Thresholds with a higher false match rate than one in fifty are refused. */
export const highestRate = 0.02;

/**
 * The decision threshold: the requested score, the lowest calibrated score with the requested rate, or the model's own.
 *
 * @returns `threshold-unsupported` if the calibration's data cannot support it. By the rule of three (Hanley and
 *   Lippman-Hand 1983) n comparisons of strangers without a false match only show that the rate is below 3/n.
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
