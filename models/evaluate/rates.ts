import { bins, scoreOf, type Tally, totalOf } from '../experiment/tally.js';

/**
 * The error rates at every decision threshold from 0 up in steps of 1e-4, and at one above 1, which no pair
 * reaches: false match rate (FMR, impostor pairs that score at least the threshold) and false non-match rate
 * (FNMR, genuine pairs that score less), as in ISO/IEC 19795-1. Fractions of the comparisons made, 0 to 1.
 */
export type Rates = {
  readonly fmr: Float64Array;
  readonly fnmr: Float64Array;
  readonly falseMatches: Float64Array;
  readonly falseNonMatches: Float64Array;
};

export function ratesOf({ genuine, impostor }: Tally): Rates {
  const [all, strangers] = [totalOf(genuine), totalOf(impostor)];
  const [falseMatches, falseNonMatches, fmr, fnmr] = [0, 1, 2, 3].map(() => new Float64Array(bins + 1));
  falseMatches[0] = strangers;
  fmr[0] = 1;
  for (let bin = 0; bin < bins; bin++) {
    falseNonMatches[bin + 1] = falseNonMatches[bin] + genuine[bin];
    falseMatches[bin + 1] = falseMatches[bin] - impostor[bin];
    fnmr[bin + 1] = falseNonMatches[bin + 1] / all;
    fmr[bin + 1] = falseMatches[bin + 1] / strangers;
  }
  return { falseMatches, falseNonMatches, fmr, fnmr };
}

/**
 * The area under the ROC curve: the probability that a genuine pair outscores an impostor pair, ties counting
 * half (Mann and Whitney's U over the number of such combinations).
 */
export function areaUnder({ genuine, impostor }: Tally): number {
  let below = 0;
  let won = 0;
  for (let bin = 0; bin < bins; bin++) {
    won += genuine[bin] * (below + impostor[bin] / 2);
    below += impostor[bin];
  }
  return won / (totalOf(genuine) * below);
}

/**
 * The separation of genuine and impostor scores: the difference of means over the pooled standard deviation
 * (d′, Daugman 2000). Unlike error rates it still ranks two systems when neither errs.
 */
export function decidability({ genuine, impostor }: Tally): number {
  const [same, other] = [momentsOf(genuine), momentsOf(impostor)];
  return (same.mean - other.mean) / Math.sqrt((same.variance + other.variance) / 2);
}

/** The mean of scores and their variance, both of a population; NaN if there are none. */
export type Moments = { readonly mean: number; readonly variance: number };

export function momentsOf(counts: Float64Array): Moments {
  let [total, sum, squares] = [0, 0, 0];
  // A plain loop, since resampling calls this for every draw of every stratum.
  for (let bin = 0; bin < bins; bin++) {
    const count = counts[bin];
    const score = scoreOf(bin);
    total += count;
    sum += count * score;
    squares += count * score * score;
  }
  const mean = sum / total;
  return { mean, variance: Math.max(0, squares / total - mean * mean) };
}

export type EqualError = { readonly rate: number; readonly threshold: number };

/**
 * The equal error rate (EER): where FMR and FNMR cross, interpolated linearly between neighbouring
 * thresholds. If they are equal over a range of thresholds, the middle of the range.
 */
export function equalError({ fmr, fnmr }: Rates): EqualError {
  const crossed = firstWhere((bin) => fnmr[bin] >= fmr[bin]);
  if (fnmr[crossed] === fmr[crossed]) {
    let last = crossed;
    while (fnmr[last + 1] === fmr[last + 1]) last++;
    return { rate: fmr[crossed], threshold: scoreOf(Math.round((crossed + last) / 2)) };
  }
  const before = fmr[crossed - 1] - fnmr[crossed - 1];
  const after = fnmr[crossed] - fmr[crossed];
  const fall = fmr[crossed - 1] - fmr[crossed];
  return { rate: fmr[crossed - 1] - (before / (before + after)) * fall, threshold: scoreOf(crossed) };
}

/**
 * The bin of the lowest threshold with an FMR of at most `wanted`; undefined if no threshold up to 1 has one.
 */
export function thresholdFor({ fmr }: Rates, wanted: number): number | undefined {
  const bin = firstWhere((at) => fmr[at] <= wanted);
  return bin < bins ? bin : undefined;
}

/**
 * Binary search for the first threshold that satisfies a monotonic condition (FMR never rises, FNMR never
 * falls).
 */
function firstWhere(holds: (bin: number) => boolean): number {
  let [low, high] = [0, bins];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
