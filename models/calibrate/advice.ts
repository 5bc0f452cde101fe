import type { Bound } from '../../appliance/calibration/calibration.js';

/** The false match rate that a threshold should have, at most. */
export const wantedRate = 0.01;

export type Advice = { readonly threshold: number; readonly upper95: number; readonly supported: boolean };

/**
 * The lowest score whose bound is within `wantedRate`. Where the data support no such rate, the lowest score with the
 * lowest bound there is, which is the nearest to it.
 *
 * @param points of one stratum, by rising score
 */
export function adviseThreshold(points: readonly Bound[]): Advice {
  const lowest = points.at(-1)!.upper95;
  const { similarity, upper95 } = points.find(({ upper95 }) => upper95 <= Math.max(wantedRate, lowest))!;
  return { threshold: similarity, upper95, supported: upper95 <= wantedRate };
}
