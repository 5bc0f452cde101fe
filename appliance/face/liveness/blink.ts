import type { Point } from '../image.js';

/** Of each eye its outer and inner corner, then two pairs of points, on the upper and the lower lid. */
const lids = [
  [33, 133, 160, 144, 158, 153],
  [263, 362, 387, 373, 385, 380],
] as const;

/**
 * How far the eyes are open: the eye aspect ratio of T. Soukupová and J. Čech, "Real-time eye blink detection using
 * facial landmarks" (2016), the mean of both eyes; about 0.3 open. The mesh net says 0.2 and more of a shut one.
 *
 * @param points the 468 points of the mesh
 */
export function eyeOpening(points: readonly Point[]): number {
  const apart = (one: number, other: number): number =>
    Math.hypot(points[one].x - points[other].x, points[one].y - points[other].y);
  const ratios = lids.map(
    ([outer, inner, ...pairs]) =>
      (apart(pairs[0], pairs[1]) + apart(pairs[2], pairs[3])) / (2 * Math.max(apart(outer, inner), 1e-6)),
  );
  return (ratios[0] + ratios[1]) / 2;
}

/**
 * Whether the eyes shut and opened again: the opening falls under `fallen` of its median before and afterwards comes
 * back over `risen` of it. What only falls is a head that nods, or eyes that stay shut.
 *
 * @param openings frame by frame, of a head held still
 */
export function hasBlinked(
  openings: readonly number[],
  { fallen, risen }: { readonly fallen: number; readonly risen: number },
): boolean {
  const open = median(
    openings.toSorted((one, other) => other - one).slice(0, Math.ceil(openings.length / 2)),
  );
  const shut = openings.findIndex((opening, i) => i > 0 && opening < fallen * open);
  return (
    shut > 0 &&
    openings.slice(0, shut).some((opening) => opening > risen * open) &&
    openings.slice(shut).some((opening) => opening > risen * open)
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
