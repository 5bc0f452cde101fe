import type { Interval } from '../clopper-pearson.js';
import { areaUnder, equalError, ratesOf, thresholdFor } from './rates.js';
import { type Resampled, resample } from './resample.js';
import { wantedRates } from '../experiment/rule-of-three.js';
import { type Tally, totalOf } from '../experiment/tally.js';

/** 95 % intervals from resampling, with the number of replicates behind them. */
export type Bootstrapped = {
  readonly replicates: number;
  readonly auc: Interval;
  readonly eer: Interval;
  /** For the FNMR at each of `wantedRates`, in that order. */
  readonly fnmr: readonly Interval[];
};

/**
 * Percentile intervals of the bootstrap over persons. Each draw sets its thresholds anew, which includes their
 * uncertainty.
 */
export async function bootstrap(
  pairs: Resampled,
  signal: AbortSignal,
  onProgress?: (done: number, of: number) => void,
  most?: number,
): Promise<Bootstrapped> {
  const draws = await resample(pairs, figuresOf, signal, onProgress, most);
  const figuresDrawn = draws.filter((figures) => figures !== undefined);
  const [auc, eer, ...fnmr] = ['auc', 'eer', ...wantedRates].map((_, figure) =>
    percentileInterval(figuresDrawn.map((figures) => figures[figure])),
  );
  return { replicates: figuresDrawn.length, auc, eer, fnmr };
}

/**
 * AUC, EER and the FNMR at each wanted FMR of one draw; undefined if it has no genuine or no impostor pair.
 */
function figuresOf(drawn: Tally): number[] | undefined {
  if (totalOf(drawn.genuine) === 0 || totalOf(drawn.impostor) === 0) return undefined;
  const rates = ratesOf(drawn);
  const fnmr = wantedRates.map((wanted) => rates.fnmr[thresholdFor(rates, wanted) ?? rates.fnmr.length - 1]);
  return [areaUnder(drawn), equalError(rates).rate, ...fnmr];
}

function percentileInterval(figures: number[]): Interval {
  if (figures.length === 0) return { low: 0, high: 1 };
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))];
  return { low: at(0.025), high: at(0.975) };
}
