import { type Interval, interval } from '../clopper-pearson.js';
import type { Appearance } from '../experiment/appearance.js';
import { type Causes, causesBySide, causesOf } from '../experiment/failures.js';
import { lowestSupported, supports, wantedRates } from '../experiment/rule-of-three.js';
import { binOf, scoreOf, type Tally, totalOf } from '../experiment/tally.js';
import type { Experiment } from '../experiment/experiment.js';
import type { Bootstrapped } from './bootstrap.js';
import { areaUnder, decidability, equalError, type Rates, ratesOf, thresholdFor } from './rates.js';

/** The false non-match rate at a wanted false match rate, with its 95 % interval. */
export type OperatingPoint = {
  readonly fnmr: number;
  /** The lowest similarity score at which the false match rate is at most the wanted one. */
  readonly threshold: number;
} & Interval;

/** The output of `terashi evaluate --json`. Rates are fractions of 1; intervals have 95 % confidence. */
export type Evaluation = {
  /** Comparisons made of one person with themselves, and of two persons. */
  readonly genuine: number;
  readonly impostor: number;
  /**
   * Pictures with a blocking finding on a side where they are used: a visit would ask for another picture.
   */
  readonly failedToEnrol: number;
  /** The same, by first finding. */
  readonly failures: Causes;
  readonly auc: number;
  readonly eer: number;
  /** Null if there are fewer than 3 / FMR impostor comparisons, or they score too high for any threshold. */
  readonly fnmrAtFmr: Readonly<Record<string, OperatingPoint | null>>;
  readonly eerThreshold: number;
  /** d′; null if all scores of each kind are equal. */
  readonly decidability: number | null;
  readonly eerInterval: Interval;
  /** Null if every replicate has a perfect curve: that says nothing about the next one. */
  readonly aucInterval: Interval | null;
  readonly failuresBySide: ReturnType<typeof causesBySide>;
  /** Comparisons skipped because a picture failed to enrol. */
  readonly withheld: Experiment['withheld'];
  readonly persons: number;
  readonly pictures: number;
  /** Error rates at the threshold in the model's manifest. */
  readonly atThreshold: { readonly threshold: number; readonly fmr: number; readonly fnmr: number };
  /** 3 / impostor comparisons. */
  readonly lowestSupportedFmr: number;
  readonly intervals: {
    readonly fnmr: 'clopper-pearson' | 'bootstrap';
    readonly over: 'persons' | 'pairs';
    readonly replicates: number;
    /** Comparisons resampled: all of them, or a uniform sample. */
    readonly genuineResampled: number;
    readonly impostorResampled: number;
  };
  readonly documentAs: Appearance['documentAs'];
  readonly probeAs: Appearance['probeAs'];
  /** The maximum number of pictures fused into one probe. */
  readonly fuse: number;
  readonly model: { readonly id: string; readonly sha256: string };
};

export type Measurements = {
  readonly tally: Tally;
  readonly experiment: Experiment;
  readonly bootstrapped: Bootstrapped;
  readonly over: 'persons' | 'pairs';
  readonly genuineIndependent: boolean;
  readonly genuineResampled: number;
  readonly impostorResampled: number;
  /** Units (persons or pairs) with at least one genuine comparison. */
  readonly unitsCompared: number;
  readonly persons: number;
  readonly pictures: number;
  readonly documentAs: Appearance['documentAs'];
  readonly probeAs: Appearance['probeAs'];
  readonly fuse: number;
};

export function evaluationOf(measured: Measurements): Evaluation {
  const { tally, experiment, bootstrapped, persons, pictures, documentAs, probeAs, fuse } = measured;
  const rates = ratesOf(tally);
  const [genuine, impostor] = [totalOf(tally.genuine), totalOf(tally.impostor)];
  const { rate: eer, threshold: eerThreshold } = equalError(rates);
  const auc = areaUnder(tally);
  const points = wantedRates.map(
    (wanted, i) => [String(wanted), pointAt(wanted, rates, measured, bootstrapped.fnmr[i])] as const,
  );
  const { auc: aucInterval } = bootstrapped;
  const { id, sha256, threshold } = experiment.recogniser;
  return {
    genuine,
    impostor,
    failedToEnrol: experiment.failures.length,
    failures: causesOf(experiment.failures),
    auc,
    eer,
    fnmrAtFmr: Object.fromEntries(points),
    eerThreshold,
    decidability: finite(decidability(tally)),
    eerInterval: widened(bootstrapped.eer, eer, measured.unitsCompared),
    aucInterval: aucInterval.low < 1 ? aucInterval : null,
    failuresBySide: causesBySide(experiment.failures),
    withheld: experiment.withheld,
    persons,
    pictures,
    atThreshold: { threshold, fmr: rates.fmr[binOf(threshold)], fnmr: rates.fnmr[binOf(threshold)] },
    lowestSupportedFmr: lowestSupported(impostor),
    intervals: {
      fnmr: measured.genuineIndependent ? 'clopper-pearson' : 'bootstrap',
      over: measured.over,
      replicates: bootstrapped.replicates,
      genuineResampled: measured.genuineResampled,
      impostorResampled: measured.impostorResampled,
    },
    documentAs,
    probeAs,
    fuse,
    model: { id, sha256 },
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function pointAt(
  wanted: number,
  rates: Rates,
  { tally, genuineIndependent, unitsCompared }: Measurements,
  resampled: Interval,
): OperatingPoint | null {
  const bin = thresholdFor(rates, wanted);
  if (bin === undefined || !supports(totalOf(tally.impostor), wanted)) return null;
  const fnmr = rates.fnmr[bin];
  const bounds = genuineIndependent
    ? interval(rates.falseNonMatches[bin], totalOf(tally.genuine))
    : widened(resampled, fnmr, unitsCompared);
  return { fnmr, threshold: scoreOf(bin), ...bounds };
}

/**
 * Resampling cannot show errors that never occurred. With no error seen, the bound is that of as many trials
 * as there are persons: what the comparisons are worth if all those of one person always agree.
 */
function widened({ low, high }: Interval, rate: number, units: number): Interval {
  if (rate > 0 && rate < 1) return { low: Math.min(low, rate), high: Math.max(high, rate) };
  const bounds = interval(rate * units, units);
  return { low: Math.min(low, bounds.low), high: Math.max(high, bounds.high) };
}
