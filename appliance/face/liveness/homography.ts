import type { Point } from '../image.js';

/** A projective map of the plane: a 3 × 3 matrix, row by row, defined up to a factor. */
export type Homography = readonly number[];

/**
 * The homography that maps `from` to `to`: the direct linear transformation with normalised points, R. Hartley and A.
 * Zisserman, "Multiple View Geometry in Computer Vision", second edition, algorithm 4.2. It fits the points of a flat
 * sheet exactly, at any angle, but not those of a head.
 *
 * @param from at least four points that do not all lie on one line; some three of them may
 * @param to as many points
 */
export function fitHomography(from: readonly Point[], to: readonly Point[]): Homography {
  const source = normaliser(from);
  const target = normaliser(to);
  const normal = new Float64Array(81);
  from.forEach((p, i) => {
    const [x, y] = [(p.x - source.x) * source.scale, (p.y - source.y) * source.scale];
    const [u, v] = [(to[i].x - target.x) * target.scale, (to[i].y - target.y) * target.scale];
    addSquare(normal, [0, 0, 0, -x, -y, -1, v * x, v * y, v]);
    addSquare(normal, [x, y, 1, 0, 0, 0, -u * x, -u * y, -u]);
  });
  const h = leastEigenvector(normal, 9);
  const toSource = [
    source.scale,
    0,
    -source.scale * source.x,
    0,
    source.scale,
    -source.scale * source.y,
    0,
    0,
    1,
  ];
  const fromTarget = [1 / target.scale, 0, target.x, 0, 1 / target.scale, target.y, 0, 0, 1];
  return multiply(multiply(fromTarget, h), toSource);
}

export function project(h: Homography, { x, y }: Point): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return { x: (h[0] * x + h[1] * y + h[2]) / w, y: (h[3] * x + h[4] * y + h[5]) / w };
}

/** Moves the centroid to the origin, and scales the mean distance from it to √2. */
function normaliser(points: readonly Point[]): { x: number; y: number; scale: number } {
  const x = points.reduce((sum, p) => sum + p.x, 0) / points.length;
  const y = points.reduce((sum, p) => sum + p.y, 0) / points.length;
  const spread = points.reduce((sum, p) => sum + Math.hypot(p.x - x, p.y - y), 0) / points.length;
  return { x, y, scale: Math.SQRT2 / Math.max(spread, Number.MIN_VALUE) };
}

function addSquare(into: Float64Array, row: readonly number[]): void {
  for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) into[9 * i + j] += row[i] * row[j];
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [3 * Math.floor(i / 3), i % 3];
    return a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6];
  });
}

/** The eigenvector of a symmetric matrix's smallest eigenvalue, by Jacobi rotations. */
function leastEigenvector(matrix: Float64Array, n: number): number[] {
  const a = Float64Array.from(matrix);
  const vectors = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  let least = 0;
  for (let i = 1; i < n; i++) if (a[i * n + i] < a[least * n + least]) least = i;
  return Array.from({ length: n }, (_, i) => vectors[i * n + least]);
}

/** Zeroes the element at p, q: G. Golub and C. Van Loan, "Matrix Computations", section 8.5. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const element = a[p * n + q];
  if (Math.abs(element) < 1e-300) return;
  const tau = (a[q * n + q] - a[p * n + p]) / (2 * element);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [kp, kq] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const [pk, qk] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const [vp, vq] = [vectors[k * n + p], vectors[k * n + q]];
    vectors[k * n + p] = c * vp - s * vq;
    vectors[k * n + q] = s * vp + c * vq;
  }
}
