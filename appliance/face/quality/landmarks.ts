import type { Point } from '../image.js';
import type { FaceMesh } from '../mesh.js';

/** Mesh points of each eye's corners, first the left eye in an upright picture, which is the person's right. */
const corners = [
  [33, 133],
  [362, 263],
] as const;

/** The centres of the eyes between their corners, first the left one in the picture. */
export function eyeCentres({ points }: FaceMesh): readonly [Point, Point] {
  const [left, right] = corners.map(([one, other]) => midpoint(points[one], points[other]));
  return [left, right];
}

/** The midpoint between the eyes. */
export function betweenEyes(mesh: FaceMesh): Point {
  return midpoint(...eyeCentres(mesh));
}

/** The distance between the centres of the eyes, in the picture's pixels. */
export function eyeDistance(mesh: FaceMesh): number {
  return distanceBetween(...eyeCentres(mesh));
}

/** The standard's T: the distance from the point between the eyes to the chin, in the picture's pixels. */
export function eyesToChin(mesh: FaceMesh): number {
  return distanceBetween(betweenEyes(mesh), mesh.points[152]);
}

/** The centre of the mouth, between the inner edges of the lips. */
export function mouthCentre({ points }: FaceMesh): Point {
  return midpoint(points[13], points[14]);
}

function midpoint(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

export function distanceBetween(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}
