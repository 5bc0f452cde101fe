import type { Point } from '../image.js';
import type { FaceMesh } from '../mesh.js';

/** The corners of each eye; first the eye that lies left in an upright picture, which is the right one. */
const corners = [
  [33, 133],
  [362, 263],
] as const;

/** The middles of the eyes between their corners, the one that lies left in the picture first. */
export function eyeMiddles({ points }: FaceMesh): readonly [Point, Point] {
  const [left, right] = corners.map(([one, other]) => middle(points[one], points[other]));
  return [left, right];
}

/** The point between the eyes. */
export function betweenEyes(mesh: FaceMesh): Point {
  return middle(...eyeMiddles(mesh));
}

/** Between the middles of the eyes, in the picture's pixels. */
export function eyeDistance(mesh: FaceMesh): number {
  return apart(...eyeMiddles(mesh));
}

/** The standard's T: from the point between the eyes to the chin, in the picture's pixels. */
export function eyesToChin(mesh: FaceMesh): number {
  return apart(betweenEyes(mesh), mesh.points[152]);
}

/** The middle of the mouth, between the inner edges of the lips. */
export function mouthMiddle({ points }: FaceMesh): Point {
  return middle(points[13], points[14]);
}

export function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

export function apart(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}
