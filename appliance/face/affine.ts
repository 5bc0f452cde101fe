import type { Point } from './image.js';

/** An affine map of the plane: x' = a·x + b·y + c, y' = d·x + e·y + f. */
export type Affine = {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
};

export const identity: Affine = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };

export function translation(x: number, y: number): Affine {
  return { ...identity, c: x, f: y };
}

/** Scales by `factor` and rotates by `angle` radians, clockwise on a screen, where y points down. */
export function scaledRotation(factor: number, angle: number): Affine {
  const a = factor * Math.cos(angle);
  const d = factor * Math.sin(angle);
  return { a, b: -d, c: 0, d, e: a, f: 0 };
}

export function apply(m: Affine, p: Point): Point {
  return { x: m.a * p.x + m.b * p.y + m.c, y: m.d * p.x + m.e * p.y + m.f };
}

/** The composition: `first`, then the following maps in order. */
export function chain(first: Affine, ...following: readonly Affine[]): Affine {
  return following.reduce(
    (m, n) => ({
      a: n.a * m.a + n.b * m.d,
      b: n.a * m.b + n.b * m.e,
      c: n.a * m.c + n.b * m.f + n.c,
      d: n.d * m.a + n.e * m.d,
      e: n.d * m.b + n.e * m.e,
      f: n.d * m.c + n.e * m.f + n.f,
    }),
    first,
  );
}

/** The inverse map; `m` must not be singular. */
export function invert(m: Affine): Affine {
  const determinant = m.a * m.e - m.b * m.d;
  const a = m.e / determinant;
  const b = -m.b / determinant;
  const d = -m.d / determinant;
  const e = m.a / determinant;
  return { a, b, c: -(a * m.c + b * m.f), d, e, f: -(d * m.c + e * m.f) };
}

/** The scale of the map: the square root of its determinant. */
export function enlargement(m: Affine): number {
  return Math.sqrt(Math.abs(m.a * m.e - m.b * m.d));
}

/**
 * The similarity transform (rotation, uniform scale, translation; no reflection) that maps `from` to `to` with the
 * least sum of squared distances: S. Umeyama, "Least-squares estimation of transformation parameters between two
 * point patterns", IEEE TPAMI 13(4), 1991, in its closed form for the plane.
 *
 * @param from at least two points that do not all coincide
 * @param to as many points
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Affine {
  const source = centroid(from);
  const target = centroid(to);
  let spread = 0;
  let along = 0;
  let across = 0;
  from.forEach((p, i) => {
    const x = p.x - source.x;
    const y = p.y - source.y;
    const u = to[i].x - target.x;
    const v = to[i].y - target.y;
    spread += x * x + y * y;
    along += x * u + y * v;
    across += x * v - y * u;
  });
  const a = along / spread;
  const d = across / spread;
  return {
    a,
    b: -d,
    c: target.x - a * source.x + d * source.y,
    d,
    e: a,
    f: target.y - d * source.x - a * source.y,
  };
}

function centroid(points: readonly Point[]): Point {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
