import type { Point } from './image.js';

/** The points that recognisers align a face by: the centres of the eyes, the tip of the nose, the corners of the mouth. */
function keyPointsOf(mesh: readonly Point[]): readonly Point[] {
  return [middle(mesh[33], mesh[133]), middle(mesh[362], mesh[263]), mesh[1], mesh[61], mesh[291]];
}

/** How far one of the key points moved at most between two fits of the mesh, in distances between the later one's eyes. */
export function keyPointMovement(before: readonly Point[], after: readonly Point[]): number {
  const [from, to] = [keyPointsOf(before), keyPointsOf(after)];
  return Math.max(...to.map((point, i) => distance(point, from[i]))) / distance(to[0], to[1]);
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}
