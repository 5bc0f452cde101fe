import { type Interval, interval } from '../clopper-pearson.js';
import type { Appearance } from '../trial/appearance.js';
import { type Causes, causesBySide, causesOf } from '../trial/failures.js';
import { lowestSupported, supports, wantedRates } from '../trial/support.js';
import { binOf, scoreOf, type Tally, totalOf } from '../trial/tally.js';
import type { Trial } from '../trial/trial.js';
import type { Bootstrapped } from './bootstrap.js';
import { areaUnder, decidability, equalError, type Rates, ratesOf, thresholdFor } from './rates.js';

/** The false non-match rate where the false match rate is what was asked, with its 95 % interval. */
export type OperatingPoint = {
  readonly fnmr: number;
  /** The lowest similarity score at which strangers match no more often than asked. */
  readonly threshold: number;
} & Interval;

/** What `terashi evaluate --json` prints. Rates are fractions of 1; intervals hold with 95 % confidence. */
export type Evaluation = {
  /** Comparisons of one person with himself, and of two persons, that were made. */
  readonly genuine: number;
  readonly impostor: number;
  /** Pictures with a finding at which a visit would ask for another, on a side on which they stand. */
  readonly failedToEnrol: number;
  /** The same by their first finding. */
  readonly failures: Causes;
  readonly auc: number;
  readonly eer: number;
  /** Null where the impostor comparisons are fewer than 3 / FMR, or score too high for any threshold. */
  readonly fnmrAtFmr: Readonly<Record<string, OperatingPoint | null>>;
  readonly eerThreshold: number;
  /** d′; without a number where all scores of each kind are alike. */
  readonly decidability: number | null;
  readonly eerInterval: Interval;
  /** Null where no draw differs from a perfect curve, which says nothing of the next one. */
  readonly aucInterval: Interval | null;
  readonly failuresBySide: ReturnType<typeof causesBySide>;
  /** Comparisons that were not made, since a picture had failed. */
  readonly withheld: Trial['withheld'];
  readonly persons: number;
  readonly pictures: number;
  /** What the threshold of the model's manifest does on these pictures. */
  readonly atThreshold: { readonly threshold: number; readonly fmr: number; readonly fnmr: number };
  /** 3 / impostor comparisons. */
  readonly lowestSupportedFmr: number;
  readonly intervals: {
    readonly fnmr: 'clopper-pearson' | 'bootstrap';
    readonly over: 'persons' | 'pairs';
    readonly replicates: number;
    /** Comparisons that were resampled: all, or a fair sample of them. */
    readonly genuineResampled: number;
    readonly impostorResampled: number;
  };
  readonly documentAs: Appearance['documentAs'];
  readonly probeAs: Appearance['probeAs'];
  /** The most pictures that are fused to one probe. */
  readonly fuse: number;
  readonly model: { readonly id: string; readonly sha256: string };
};

export type Measured = {
  readonly tally: Tally;
  readonly trial: Trial;
  readonly bootstrapped: Bootstrapped;
  readonly over: 'persons' | 'pairs';
  readonly genuineIndependent: boolean;
  readonly genuineResampled: number;
  readonly impostorResampled: number;
  /** Units (persons or pairs) of which a genuine comparison was made. */
  readonly unitsCompared: number;
  readonly persons: number;
  readonly pictures: number;
  readonly documentAs: Appearance['documentAs'];
  readonly probeAs: Appearance['probeAs'];
  readonly fuse: number;
};

export function evaluationOf(measured: Measured): Evaluation {
  const { tally, trial, bootstrapped, persons, pictures, documentAs, probeAs, fuse } = measured;
  const rates = ratesOf(tally);
  const [genuine, impostor] = [totalOf(tally.genuine), totalOf(tally.impostor)];
  const { rate: eer, threshold: eerThreshold } = equalError(rates);
  const auc = areaUnder(tally);
  const points = wantedRates.map(
    (wanted, i) => [String(wanted), pointAt(wanted, rates, measured, bootstrapped.fnmr[i])] as const,
  );
  const { auc: aucInterval } = bootstrapped;
  const { id, sha256, threshold } = trial.recogniser;
  return {
    genuine,
    impostor,
    failedToEnrol: trial.failures.length,
    failures: causesOf(trial.failures),
    auc,
    eer,
    fnmrAtFmr: Object.fromEntries(points),
    eerThreshold,
    decidability: finite(decidability(tally)),
    eerInterval: widened(bootstrapped.eer, eer, measured.unitsCompared),
    aucInterval: aucInterval.low < 1 ? aucInterval : null,
    failuresBySide: causesBySide(trial.failures),
    withheld: trial.withheld,
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
  { tally, genuineIndependent, unitsCompared }: Measured,
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
 * Resampling cannot show what never happened. Where no error was seen the bound is that of as many trials as there
 * are persons, which is what the comparisons are worth if those of one person always go the same way.
 */
function widened({ low, high }: Interval, rate: number, units: number): Interval {
  if (rate > 0 && rate < 1) return { low: Math.min(low, rate), high: Math.max(high, rate) };
  const bounds = interval(rate * units, units);
  return { low: Math.min(low, bounds.low), high: Math.max(high, bounds.high) };
}
