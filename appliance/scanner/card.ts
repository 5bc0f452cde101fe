import type { RgbImage } from '../face/image.js';
import { scaled } from './crop.js';
import type { Page } from './scanner.js';

/** In millimetres: ID-1 of ISO/IEC 7810. */
const card = { long: 85.6, short: 53.98 };
/** The relative error allowed for a side: a white margin or the lid's shadow may change its measured length. */
const tolerance = 0.15;
/** The least fraction of its bounding rectangle that a card fills once printed lines are joined. */
const leastFill = 0.75;
/** A level that differs by more than this from the glass's belongs to an object. */
const objectContrast = 12;

const millimetresPerInch = 25.4;
/** Pixels per millimetre of the overview. */
const detail = 1.5;

/** A point of the overview, in millimetres. */
type MillimetrePoint = { readonly x: number; readonly y: number };

/** Whether a page without a face shows the back of a card: a solid object of a card's size, at any rotation. */
export async function isFaceDown(page: Page): Promise<boolean> {
  const overview = await scaled(page, Math.min(1, (detail * millimetresPerInch) / page.resolution));
  if (isCardSize(overview.width / detail, overview.height / detail)) return true;
  return objects(overview).some((object) => {
    const { long, short } = rectangleOf(object);
    return isCardSize(long, short) && object.length / detail ** 2 >= leastFill * long * short;
  });
}

function isCardSize(one: number, other: number): boolean {
  const near = (measured: number, wanted: number) => Math.abs(measured / wanted - 1) <= tolerance;
  return near(Math.max(one, other), card.long) && near(Math.min(one, other), card.short);
}

/** The sides of the rectangle with the same variance as these points: a side s has the variance s²/12 along itself. */
function rectangleOf(points: readonly MillimetrePoint[]): { long: number; short: number } {
  const mean = (of: (position: MillimetrePoint) => number) =>
    points.reduce((sum, position) => sum + of(position), 0) / points.length;
  const [x, y] = [mean((position) => position.x), mean((position) => position.y)];
  const xx = mean((position) => (position.x - x) ** 2);
  const yy = mean((position) => (position.y - y) ** 2);
  const xy = mean((position) => (position.x - x) * (position.y - y));
  const apart = Math.hypot((xx - yy) / 2, xy);
  return { long: Math.sqrt(12 * ((xx + yy) / 2 + apart)), short: Math.sqrt(12 * ((xx + yy) / 2 - apart)) };
}

/** The objects on the glass, with gaps of up to two millimetres closed. */
function objects(overview: RgbImage): MillimetrePoint[][] {
  const { width } = overview;
  const mask = close(objectMask(overview), overview, Math.round(detail));
  const found: MillimetrePoint[][] = [];
  mask.forEach((is, start) => {
    if (is) found.push(takeComponent(mask, width, start));
  });
  return found;
}

function objectMask({ data, width, height }: RgbImage): Uint8Array {
  const glass = [0, 1, 2].map((channel) => {
    const levels = Array.from({ length: width * height }, (_, i) => data[3 * i + channel]);
    return levels.sort((one, other) => one - other)[levels.length >> 1];
  });
  return Uint8Array.from({ length: width * height }, (_, i) =>
    glass.some((level, channel) => Math.abs(data[3 * i + channel] - level) > objectContrast) ? 1 : 0,
  );
}

/** Morphological closing: dilation by `reach` pixels, then erosion. */
function close(mask: Uint8Array, { width, height }: RgbImage, reach: number): Uint8Array {
  const grown = spread(mask, width, height, reach, 1);
  return spread(grown, width, height, reach, 0);
}

/** Gives every pixel within `reach` of one that has `level` the same level: along rows, then along columns. */
function spread(mask: Uint8Array, width: number, height: number, reach: number, level: 0 | 1): Uint8Array {
  const near = (from: Uint8Array, i: number, position: number, length: number, step: number) => {
    for (let by = -reach; by <= reach; by++) {
      if (position + by >= 0 && position + by < length && from[i + by * step] === level) return level;
    }
    return 1 - level;
  };
  const rows = mask.map((_, i) => near(mask, i, i % width, width, 1));
  return rows.map((_, i) => near(rows, i, Math.floor(i / width), height, width));
}

/** Removes the connected component of a pixel from the mask. */
function takeComponent(mask: Uint8Array, width: number, start: number): MillimetrePoint[] {
  const points: MillimetrePoint[] = [];
  const open = [start];
  mask[start] = 0;
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    const column = i % width;
    points.push({ x: column / detail, y: Math.floor(i / width) / detail });
    for (const next of [column > 0 ? i - 1 : -1, column < width - 1 ? i + 1 : -1, i - width, i + width]) {
      if (next >= 0 && next < mask.length && mask[next] === 1) {
        mask[next] = 0;
        open.push(next);
      }
    }
  }
  return points;
}
