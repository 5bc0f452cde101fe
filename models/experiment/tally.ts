/** Scores are rounded to 1e-4, so one bin for each value is lossless. */
export const bins = 10_001;
const perUnit = bins - 1;

/** Histograms of scores in bins of 1e-4. A genuine pair shows one person, an impostor pair two. */
export type Tally = { readonly genuine: Float64Array; readonly impostor: Float64Array };

export function emptyTally(): Tally {
  return { genuine: new Float64Array(bins), impostor: new Float64Array(bins) };
}

/** @param score a similarity score, 0 to 1 */
export function binOf(score: number): number {
  return Math.round(score * perUnit);
}

/** The score, or decision threshold, of a bin. */
export function scoreOf(bin: number): number {
  return bin / perUnit;
}

export function totalOf(counts: Float64Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
