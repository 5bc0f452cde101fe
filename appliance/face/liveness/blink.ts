import type { Point } from '../image.js';

/** For each eye: outer and inner corner, then two pairs of points on the upper and the lower lid. */
const lids = [
  [33, 133, 160, 144, 158, 153],
  [263, 362, 387, 373, 385, 380],
] as const;

/**
 * The eye aspect ratio of T. Soukupová and J. Čech, "Real-time eye blink detection using facial landmarks" (2016),
 * the mean of both eyes: about 0.3 for open eyes. The mesh gives 0.2 and more for closed ones.
 *
 * @param points the 468 points of the mesh
 */
export function eyeAspectRatio(points: readonly Point[]): number {
  const distanceBetween = (one: number, other: number): number =>
    Math.hypot(points[one].x - points[other].x, points[one].y - points[other].y);
  const ratios = lids.map(
    ([outer, inner, ...pairs]) =>
      (distanceBetween(pairs[0], pairs[1]) + distanceBetween(pairs[2], pairs[3])) /
      (2 * Math.max(distanceBetween(outer, inner), 1e-6)),
  );
  return (ratios[0] + ratios[1]) / 2;
}

/**
 * Whether the eyes closed and opened again: the opening falls below `fallen` of the open eyes' median, and before and
 * after is above `risen` of it. A mere fall is a nodding head, or eyes that stay closed.
 *
 * @param openings frame by frame, of a still head
 */
export function hasBlinked(
  openings: readonly number[],
  { fallen, risen }: { readonly fallen: number; readonly risen: number },
): boolean {
  const open = median(
    openings.toSorted((one, other) => other - one).slice(0, Math.ceil(openings.length / 2)),
  );
  const closed = openings.findIndex((opening, i) => i > 0 && opening < fallen * open);
  return (
    closed > 0 &&
    openings.slice(0, closed).some((opening) => opening > risen * open) &&
    openings.slice(closed).some((opening) => opening > risen * open)
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
