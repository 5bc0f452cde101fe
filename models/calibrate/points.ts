import type { CalibratedStratum } from '../../appliance/calibration/calibration.js';
import { binOf, scoreOf, totalOf } from '../experiment/tally.js';
import { upperBoundOfMean } from '../hoeffding.js';

/** In similarity. With the point at 0 there are at most 100 points. */
const step = 0.01;

/**
 * The cumulative distribution of impostor scores: at every hundredth of similarity where the count changes,
 * how many comparisons score at least that, up to the first hundredth that none reaches.
 *
 * @param impostor counts of scores in bins of 1e-4
 * @param independent how many comparisons they are worth
 */
export function pointsOf(impostor: Float64Array, independent: number): CalibratedStratum['points'] {
  const comparisons = totalOf(impostor);
  const points: CalibratedStratum['points'] = [];
  for (let hundredth = 0; hundredth * step < 1 - step / 2; hundredth++) {
    const bin = binOf(hundredth * step);
    const falseMatches = totalOf(impostor.subarray(bin));
    if (points.at(-1)?.falseMatches === falseMatches) continue;
    const upper95 = upperBoundOfMean(falseMatches / comparisons, independent);
    points.push({ similarity: scoreOf(bin), falseMatches, upper95 });
  }
  return points;
}
