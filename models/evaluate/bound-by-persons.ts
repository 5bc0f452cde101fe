import { upperBound } from '../clopper-pearson.js';
import type { SampledPairs } from './sampled.js';

/** A percentile of the bootstrap says little of events rarer than this: the rule of thumb n·p ≥ 5. */
const fewestEvents = 5;

/** Pairs of strangers that share nobody, each the highest-scoring that was left: independent trials. */
export type DisjointPairs = {
  /** The bins of their scores, from the highest down. */
  readonly bins: readonly number[];
  /**
   * The highest bin at or below `bin` that at least five of them reach, up to which resampling is trusted;
   * undefined if there is none.
   */
  readonly trusted: (bin: number) => number | undefined;
};

/** Takes disjoint pairs from the highest score down: a choice that rather shows too many false matches than too few. */
export function disjointPairs(impostor: SampledPairs): DisjointPairs {
  const taken = new Set<number>();
  const bins: number[] = [];
  for (const { one, other, bin } of impostor.fromHighest()) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    bins.push(bin);
  }
  const highest = bins.at(fewestEvents - 1);
  return { bins, trusted: (bin) => (highest === undefined ? undefined : Math.min(bin, highest)) };
}

/**
 * The upper bound, with 95 % confidence, of the false match rate at a threshold, by persons: pairs that share
 * a person are not independent, so more pictures or pairs of the same persons do not lower it. It is the
 * smaller of two:
 *
 * - That of Clopper and Pearson (1934) with disjoint pairs as the trials;
 * - The 95th percentile of the bootstrap over persons at the trusted threshold. Where fewer than five disjoint
 *   pairs reach the asked one, the trusted one is lower; its rate is not smaller, so its bound holds there too.
 *
 * @param bin the threshold
 * @param resampled the false match rates at the trusted threshold in the draws of the bootstrap; may hold NaN
 */
export function boundByPersons({ bins }: DisjointPairs, bin: number, resampled: readonly number[]): number {
  const falseMatches = bins.filter((score) => score >= bin).length;
  const rigorous = bins.length === 0 ? 1 : upperBound(falseMatches, bins.length);
  const rates = resampled.filter((rate) => Number.isFinite(rate)).toSorted((one, other) => one - other);
  return Math.min(rigorous, rates.at(Math.ceil(0.95 * rates.length) - 1) ?? 1);
}
