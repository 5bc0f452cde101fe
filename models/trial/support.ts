/** The false match rates at which the false non-match rate is told, as fractions of 1. */
export const wantedRates = [0.01, 0.001, 0.0001] as const;

/**
 * Whether so many impostor comparisons can speak of a false match rate at all. The rule of three (Hanley and
 * Lippman-Hand 1983; ISO/IEC 19795-1): after n comparisons without one false match the true rate is, with 95 %
 * confidence, below 3/n. A rate below that cannot be told from none.
 */
export function supports(impostorComparisons: number, rate: number): boolean {
  return impostorComparisons * rate >= 3 - 1e-9;
}

/** The lowest false match rate that so many impostor comparisons support. */
export function lowestSupported(impostorComparisons: number): number {
  return 3 / impostorComparisons;
}
