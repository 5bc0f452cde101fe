import type { Point } from '../image.js';
import { project, fitHomography } from './homography.js';

/**
 * How far the points of a face leave one plane between two views, in eye distances. The net gives depths for a
 * photograph too, so only the points' positions in the two pictures are used.
 */
export type Relief = {
  /** The root mean square residual of the best homography: 0 for a flat sheet. */
  readonly plane: number;
  /**
   * The displacement of the nose beyond the best second-order map of its surroundings: small for a flat or evenly
   * bent sheet.
   */
  readonly nose: number;
};

/** Mesh points on bone, which speaking and blinking do not move: the outline and the brow ridge. */
const surroundings = [
  ...[10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 109, 67, 103, 54, 21, 162, 127, 234, 93, 132],
  ...[151, 9, 8, 108, 337, 69, 299, 116, 345, 117, 346, 118, 347, 123, 352, 147, 376, 187, 411, 50, 280],
  ...[33, 133, 263, 362, 152, 148, 377, 176, 400, 175, 199],
];
/** Mesh points of the nose, from bridge to tip. */
const nose = [1, 4, 5, 195, 197, 45, 275, 51, 281, 44, 274];
const rigid = [...surroundings, ...nose];

/** The outer corners of the eyes, about 1.5 eye distances apart (92 mm to 63 mm). */
const corners = [33, 263] as const;

/**
 * @param neutral the 468 points of a face in pixels
 * @param turned those of the same face in another frame
 */
export function reliefBetween(neutral: readonly Point[], turned: readonly Point[]): Relief {
  const size = Math.hypot(
    neutral[corners[0]].x - neutral[corners[1]].x,
    neutral[corners[0]].y - neutral[corners[1]].y,
  );
  const pick = (points: readonly Point[], of: readonly number[]) => of.map((index) => points[index]);
  const [from, to] = [pick(neutral, rigid), pick(turned, rigid)];
  const h = fitHomography(from, to);
  const squares = from.map((p, i) => {
    const carried = project(h, p);
    return (carried.x - to[i].x) ** 2 + (carried.y - to[i].y) ** 2;
  });
  return { plane: Math.sqrt(mean(squares)) / size, nose: noseAhead(neutral, turned) };
}

type Seen = { readonly points: readonly Point[] };
const cache = new WeakMap<Seen, WeakMap<Seen, Relief>>();

/** `reliefBetween` two frames, cached, since a growing series is evaluated again and again. */
export function reliefOf(neutral: Seen, turned: Seen): Relief {
  const of = cache.get(neutral) ?? new WeakMap<Seen, Relief>();
  cache.set(neutral, of);
  const relief = of.get(turned) ?? reliefBetween(neutral.points, turned.points);
  of.set(turned, relief);
  return relief;
}

function noseAhead(neutral: readonly Point[], turned: readonly Point[]): number {
  const centre = neutral[nose[0]];
  const scale = Math.hypot(neutral[33].x - neutral[263].x, neutral[33].y - neutral[263].y);
  const terms = ({ x, y }: Point): number[] => {
    const [u, v] = [(x - centre.x) / scale, (y - centre.y) / scale];
    return [1, u, v, u * u, u * v, v * v];
  };
  const rows = surroundings.map((index) => terms(neutral[index]));
  const across = leastSquares(
    rows,
    surroundings.map((index) => turned[index].x),
  );
  const down = leastSquares(
    rows,
    surroundings.map((index) => turned[index].y),
  );
  const left = nose.map((index) => {
    const row = terms(neutral[index]);
    return {
      x: turned[index].x - dot(row, across),
      y: turned[index].y - dot(row, down),
    };
  });
  return Math.hypot(mean(left.map(({ x }) => x)), mean(left.map(({ y }) => y))) / scale;
}

/** Solves the normal equations by Gaussian elimination with pivoting. */
function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const n = rows[0].length;
  const a = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (__, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
    rows.reduce((sum, row, k) => sum + row[i] * values[k], 0),
  ]);
  for (let i = 0; i < n; i++) {
    const pivot = a.reduce(
      (best, row, k) => (k >= i && Math.abs(row[i]) > Math.abs(a[best][i]) ? k : best),
      i,
    );
    [a[i], a[pivot]] = [a[pivot], a[i]];
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = a[k][i] / a[i][i];
      for (let j = i; j <= n; j++) a[k][j] -= factor * a[i][j];
    }
  }
  return a.map((row, i) => row[n] / row[i]);
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, i) => sum + value * other[i], 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
