import { type Affine, apply, chain, scaledRotation, translation } from '../../face/affine.js';
import type { Point } from '../../face/image.js';
import { type GreyImage, levelAt } from './grey.js';
import { slanted } from '../../protocol/test-card.js';

/** The part of each edge's length that is evaluated, away from the corners. */
const [from, to] = [0.2, 0.8];
/** How far a profile reaches to each side of an edge, as a fraction of its length; and its step, in pixels. */
const reach = 0.25;
const step = 0.25;

/**
 * The 10–90 % rise distance of the slanted square's edges, in pixels (slanted-edge method, ISO 12233). The
 * softest of the four edges counts, since blur may have one direction only. Undefined if an edge cannot be
 * found.
 */
export function edgeRise(picture: GreyImage, toPicture: Affine): number | undefined {
  const toCard = chain(
    scaledRotation(1, (slanted.degrees * Math.PI) / 180),
    translation(slanted.x, slanted.y),
    toPicture,
  );
  const rises = [0, 1, 2, 3].map((side) =>
    riseOf(picture, chain(scaledRotation(1, (side * Math.PI) / 2), toCard)),
  );
  return rises.every((rise) => rise !== undefined) ? Math.max(...rises) : undefined;
}

/** The edge to the right of the square's centre. `toPicture` maps millimetres from there to pixels. */
function riseOf(picture: GreyImage, toPicture: Affine): number | undefined {
  const half = slanted.side / 2;
  const corner = apply(toPicture, { x: half, y: half * (2 * from - 1) });
  const other = apply(toPicture, { x: half, y: half * (2 * to - 1) });
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  const along = { x: (other.x - corner.x) / length, y: (other.y - corner.y) / length };
  // Outward, from black to white.
  const out = { x: along.y, y: -along.x };
  const wide = reach * length;
  const at = (u: number, v: number): Point => ({
    x: corner.x + u * along.x + v * out.x,
    y: corner.y + u * along.y + v * out.y,
  });
  const rows = Array.from({ length: Math.floor(length) }, (_, u) =>
    Array.from({ length: Math.floor((2 * wide) / step) }, (_, i) => levelAt(picture, at(u, i * step - wide))),
  );
  if (rows.length < 8) return undefined;
  const flat = rows.flat();
  const [black, white] = [quantile(flat, 0.1), quantile(flat, 0.9)];
  if (white - black < 40) return undefined;
  const crossings = rows.map((row) => crossing(row, (black + white) / 2));
  const line = fitLine(crossings);
  if (!line) return undefined;
  return riseIn(profile(rows, line), black, white);
}

/** Where a profile first rises through a level, in steps; undefined if it does not. */
function crossing(row: readonly number[], level: number): number | undefined {
  const next = row.findIndex((value, i) => i > 0 && row[i - 1] < level && value >= level);
  if (next < 0) return undefined;
  return next - 1 + (level - row[next - 1]) / (row[next] - row[next - 1]);
}

type Line = { readonly offset: number; readonly slope: number };

/** The least-squares line through the crossings; undefined if too many rows have none. */
function fitLine(crossings: readonly (number | undefined)[]): Line | undefined {
  const points = crossings.flatMap((v, u) => (v === undefined ? [] : [{ u, v }]));
  if (points.length < 0.8 * crossings.length) return undefined;
  const mean = (of: (point: { u: number; v: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [u, v] = [mean((point) => point.u), mean((point) => point.v)];
  const slope = mean((point) => (point.u - u) * (point.v - v)) / mean((point) => (point.u - u) ** 2);
  return { slope, offset: v - slope * u };
}

/** The mean of all rows, each shifted so that the edges coincide. */
function profile(rows: readonly (readonly number[])[], { offset, slope }: Line): number[] {
  const length = rows[0].length;
  const sums = new Array<number>(length).fill(0);
  const counts = new Array<number>(length).fill(0);
  rows.forEach((row, u) => {
    const shift = Math.round(offset + slope * u - length / 2);
    row.forEach((value, i) => {
      const place = i - shift;
      if (place < 0 || place >= length) return;
      sums[place] += value;
      counts[place] += 1;
    });
  });
  return sums
    .map((sum, i) => (counts[i] > 0 ? sum / counts[i] : NaN))
    .filter((value) => !Number.isNaN(value));
}

/** In pixels. */
function riseIn(values: readonly number[], black: number, white: number): number | undefined {
  const low = crossing(values, black + 0.1 * (white - black));
  const high = crossing(values, black + 0.9 * (white - black));
  return low !== undefined && high !== undefined && high > low ? (high - low) * step : undefined;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(part * (sorted.length - 1))];
}
