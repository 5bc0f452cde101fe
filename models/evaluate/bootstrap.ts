import { setImmediate } from 'node:timers/promises';

import type { Interval } from '../clopper-pearson.js';
import { seededRandom } from '../random.js';
import { areaUnder, equalError, ratesOf, thresholdFor } from './rates.js';
import type { SampledPairs } from './sampled.js';
import { wantedRates } from '../experiment/rule-of-three.js';
import { emptyTally, totalOf } from '../experiment/tally.js';

/** Enough for a 95 % interval, and the fewest that still give one. */
const mostReplicates = 1000;
const fewestReplicates = 200;
/** Upper bound on additions overall: a few seconds of work. */
const work = 1e9;

/** 95 % intervals from resampling, with the number of replicates behind them. */
export type Bootstrapped = {
  readonly replicates: number;
  readonly auc: Interval;
  readonly eer: Interval;
  /** For the FNMR at each of `wantedRates`, in that order. */
  readonly fnmr: readonly Interval[];
};

/** The pairs to resample, and the number of units (persons, or independent pairs) they come from. */
export type Resampled = {
  readonly genuine: SampledPairs;
  readonly impostor: SampledPairs;
  readonly persons: number;
};

/**
 * Percentile intervals of the bootstrap (Efron 1979) over persons. Comparisons that share a person are not
 * independent, so persons are drawn with replacement and a pair counts as often as both of its persons were
 * drawn (subset bootstrap, Bolle, Ratha and Pankanti 2004). Each replicate sets its thresholds anew, which
 * includes their uncertainty.
 */
export async function bootstrap(
  pairs: Resampled,
  signal: AbortSignal,
  onProgress: (done: number, of: number) => void = () => undefined,
  most = mostReplicates,
): Promise<Bootstrapped> {
  const each = pairs.genuine.length + pairs.impostor.length;
  const replicates = Math.max(fewestReplicates, Math.min(most, Math.floor(work / each)));
  const { below } = seededRandom(20_040_801);
  const figuresDrawn: number[][] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    const figures = replicateFigures(pairs, below);
    if (figures) figuresDrawn.push(figures);
    onProgress(replicate + 1, replicates);
    await setImmediate();
    signal.throwIfAborted();
  }
  const [auc, eer, ...fnmr] = ['auc', 'eer', ...wantedRates].map((_, figure) =>
    percentileInterval(figuresDrawn.map((figures) => figures[figure])),
  );
  return { replicates: figuresDrawn.length, auc, eer, fnmr };
}

/**
 * AUC, EER and the FNMR at each wanted FMR of one replicate; undefined if it has no genuine or no impostor
 * pair.
 */
function replicateFigures(
  { genuine, impostor, persons }: Resampled,
  below: (end: number) => number,
): number[] | undefined {
  const times = new Uint32Array(persons);
  for (let i = 0; i < persons; i++) times[below(persons)]++;
  const tally = emptyTally();
  genuine.countInto(tally.genuine, times);
  impostor.countInto(tally.impostor, times);
  if (totalOf(tally.genuine) === 0 || totalOf(tally.impostor) === 0) return undefined;
  const rates = ratesOf(tally);
  const fnmr = wantedRates.map((wanted) => rates.fnmr[thresholdFor(rates, wanted) ?? rates.fnmr.length - 1]);
  return [areaUnder(tally), equalError(rates).rate, ...fnmr];
}

function percentileInterval(figures: number[]): Interval {
  if (figures.length === 0) return { low: 0, high: 1 };
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))];
  return { low: at(0.025), high: at(0.975) };
}
