import { binOf, type Tally, totalOf } from '../experiment/tally.js';
import { boundByPersons, disjointPairs } from './bound-by-persons.js';
import { decidability, equalError, type Moments, momentsOf, ratesOf } from './rates.js';
import { resample } from './resample.js';
import type { StratumName } from './stratification.js';
import type { StratumScores } from './stratified-scores.js';

/** With fewer persons a figure is called one of few: below 30 a normal deviate is no longer a good quantile. */
export const fewPersons = 30;

/** The false non-match rate at which recognisers are compared. */
export const fnmrCompared = 0.01;

/** The figures of a stratum as `--json` has them. Rates are fractions of 1. */
export type StratumFigures = StratumName & {
  /** Persons with a stranger in the stratum, who were compared. */
  readonly persons: number;
  /** Pairs of persons that share nobody: as many independent trials. */
  readonly disjointPairs: number;
  readonly impostor: number;
  readonly genuine: number;
  /** At the threshold. */
  readonly fmr: number;
  /** Upper bound of `fmr` with 95 % confidence, by persons (`boundByPersons`). */
  readonly fmrBound: number;
  /** Null without genuine comparisons, as all that follow but the shift. */
  readonly fnmr: number | null;
  readonly eer: number | null;
  /** D′. */
  readonly decidability: number | null;
  /** The FMR at the highest threshold with an FNMR of at most 1 %. */
  readonly fmrAtFnmr: number | null;
  /** How much higher these strangers score than any two: the difference of means over the deviation of any two. */
  readonly shift: number | null;
};

/** The figures of one draw of the bootstrap; NaN where the draw has none. */
export type Drawn = { readonly decidability: number; readonly impostor: Moments; readonly fmr: number };

export type StratumResult = {
  readonly figures: StratumFigures;
  readonly tally: Tally;
  readonly draws: readonly Drawn[];
};

/**
 * The figures of each stratum; strata without a comparison are left out. The first must be `any`, from which
 * the others are shifted.
 *
 * @param threshold the decision threshold, 0 to 1
 * @param units the number of persons, or of independent pairs
 */
export async function stratumFigures(
  strata: readonly StratumScores[],
  threshold: number,
  units: number,
  signal: AbortSignal,
  onProgress: (done: number, of: number) => void,
): Promise<StratumResult[]> {
  const results: StratumResult[] = [];
  for (const [place, { name, scores, persons }] of strata.entries()) {
    const { tally, genuine, impostor } = scores;
    if (impostor.length === 0) continue;
    const disjoint = disjointPairs(impostor);
    const bin = binOf(threshold);
    const trusted = disjoint.trusted(bin);
    const draws = await resample(
      { genuine, impostor, persons: units },
      (drawn) => ({
        decidability: decidability(drawn),
        impostor: momentsOf(drawn.impostor),
        fmr: trusted === undefined ? NaN : shareFrom(trusted, drawn.impostor),
      }),
      signal,
      (done, of) => onProgress(place + done / of, strata.length),
    );
    const figures = {
      ...name,
      persons: persons.size,
      disjointPairs: disjoint.bins.length,
      ...ratesAt(tally, threshold),
      fmrBound: boundByPersons(
        disjoint,
        bin,
        draws.map(({ fmr }) => fmr),
      ),
      shift: finite(shiftOf(momentsOf(tally.impostor), momentsOf(strata[0].scores.tally.impostor))),
    };
    results.push({ figures, tally, draws });
  }
  return results;
}

/** By how many standard deviations of any two strangers these score higher. */
export function shiftOf(strangers: Moments, anyTwo: Moments): number {
  return (strangers.mean - anyTwo.mean) / Math.sqrt(anyTwo.variance);
}

function ratesAt(tally: Tally, threshold: number) {
  const rates = ratesOf(tally);
  const bin = binOf(threshold);
  const [genuine, impostor] = [totalOf(tally.genuine), totalOf(tally.impostor)];
  const common = { impostor, genuine, fmr: rates.fmr[bin] };
  if (genuine === 0) return { ...common, fnmr: null, eer: null, decidability: null, fmrAtFnmr: null };
  const compared = rates.fnmr.findLastIndex((rate) => rate <= fnmrCompared);
  return {
    ...common,
    fnmr: rates.fnmr[bin],
    eer: equalError(rates).rate,
    decidability: finite(decidability(tally)),
    fmrAtFnmr: rates.fmr[compared],
  };
}

function shareFrom(bin: number, counts: Float64Array): number {
  return totalOf(counts.subarray(bin)) / totalOf(counts);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
