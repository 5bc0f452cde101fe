import { ofTries } from '../calibration/of-tries.js';
import type { Comparison } from '../protocol/vault.js';

/**
 * How many pictures of each side a visit may take. One that was refused counts too, since the visitor posed for it all the
 * same; one that the clerk left half way does not, since it gave no result.
 */
export type Limits = { readonly photographs: number; readonly scans: number };

/** What a visit has tried so far. */
export type Tries = {
  /** Pictures that were taken of each side, usable or not. */
  readonly photographs: number;
  readonly scans: number;
  /** In the order in which they were made. */
  readonly comparisons: readonly Comparison[];
};

export const noTries: Tries = { photographs: 0, scans: 0, comparisons: [] };

/** The last comparison, with the false match rate of all of them; undefined before the first. */
export function lastOf({ comparisons }: Tries): Comparison | undefined {
  const last = comparisons.at(-1);
  return last && { ...last, falseMatchRate: ofTries(last.falseMatchRate, comparisons.length) };
}

/** The lowest similarity score, 0 to 1; Infinity before the first comparison. */
export function lowestOf({ comparisons }: Tries): number {
  return Math.min(...comparisons.map(({ similarity }) => similarity));
}
