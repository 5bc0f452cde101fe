/** The false match rates for which the false non-match rate is reported, as fractions of 1. */
export const wantedRates = [0.01, 0.001, 0.0001] as const;

/**
 * Whether this many impostor comparisons support a false match rate. Rule of three (Hanley and Lippman-Hand
 * 1983; ISO/IEC 19795-1): after n comparisons without a false match the true rate is below 3/n with 95 %
 * confidence, so a lower rate cannot be told from zero.
 */
export function supports(impostorComparisons: number, rate: number): boolean {
  return impostorComparisons * rate >= 3 - 1e-9;
}

/** The lowest false match rate that this many impostor comparisons support. */
export function lowestSupported(impostorComparisons: number): number {
  return 3 / impostorComparisons;
}
