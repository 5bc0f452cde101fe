import type { Calibration } from '../../appliance/calibration/calibration.js';
import { upperBound } from '../clopper-pearson.js';
import { binOf, scoreOf, totalOf } from '../experiment/tally.js';

/** In similarity. With the point at 0 there are at most 100 points. */
const step = 0.01;

/**
 * The cumulative distribution of impostor scores: at every hundredth of similarity where the count changes,
 * how many comparisons score at least that, up to the first hundredth that none reaches. `upper95` is the
 * one-sided bound of Clopper and Pearson (1934).
 *
 * @param impostor counts of scores in bins of 1e-4
 */
export function pointsOf(impostor: Float64Array): Calibration['points'] {
  const comparisons = totalOf(impostor);
  const points: Calibration['points'] = [];
  for (let hundredth = 0; hundredth * step < 1 - step / 2; hundredth++) {
    const bin = binOf(hundredth * step);
    const falseMatches = totalOf(impostor.subarray(bin));
    if (points.at(-1)?.falseMatches === falseMatches) continue;
    points.push({
      similarity: scoreOf(bin),
      falseMatches,
      comparisons,
      upper95: upperBound(falseMatches, comparisons),
    });
  }
  return points;
}
