import type { RgbImage } from '../face/image.js';
import { scaled } from './cut.js';
import type { Page } from './scanner.js';

/** ISO/IEC 7810, ID-1, in millimetres. */
const card = { long: 85.6, short: 53.98 };
/** How far off a side may be measured: the print may leave a margin white, the lid may throw a shadow. */
const tolerance = 0.15;
/** How much of its rectangle a card fills at least, once lines of print are joined. */
const solid = 0.75;
/** A level this far off the glass's belongs to something that lies on it. */
const offGlass = 12;

const millimetresPerInch = 25.4;
/** Pixels a millimetre in which the page is looked at. */
const detail = 1.5;

/** A place in the overview, in millimetres. */
type Place = { readonly x: number; readonly y: number };

/** Whether a page without a face shows the back of a card: something solid of a card's size, however it lies. */
export async function isFaceDown(page: Page): Promise<boolean> {
  const overview = await scaled(page, Math.min(1, (detail * millimetresPerInch) / page.resolution));
  if (isCardSize(overview.width / detail, overview.height / detail)) return true;
  return pieces(overview).some((piece) => {
    const { long, short } = rectangleOf(piece);
    return isCardSize(long, short) && piece.length / detail ** 2 >= solid * long * short;
  });
}

function isCardSize(one: number, other: number): boolean {
  const near = (measured: number, wanted: number) => Math.abs(measured / wanted - 1) <= tolerance;
  return near(Math.max(one, other), card.long) && near(Math.min(one, other), card.short);
}

/** The sides of the rectangle with the spread of these places: a side s spreads by s²/12 along itself. */
function rectangleOf(places: readonly Place[]): { long: number; short: number } {
  const mean = (of: (place: Place) => number) =>
    places.reduce((sum, place) => sum + of(place), 0) / places.length;
  const [x, y] = [mean((place) => place.x), mean((place) => place.y)];
  const xx = mean((place) => (place.x - x) ** 2);
  const yy = mean((place) => (place.y - y) ** 2);
  const xy = mean((place) => (place.x - x) * (place.y - y));
  const apart = Math.hypot((xx - yy) / 2, xy);
  return { long: Math.sqrt(12 * ((xx + yy) / 2 + apart)), short: Math.sqrt(12 * ((xx + yy) / 2 - apart)) };
}

/** What lies on the glass, piece by piece, with gaps of up to two millimetres closed. */
function pieces(overview: RgbImage): Place[][] {
  const { width } = overview;
  const something = closed(offTheGlass(overview), overview, Math.round(detail));
  const found: Place[][] = [];
  something.forEach((is, start) => {
    if (is) found.push(flood(something, width, start));
  });
  return found;
}

function offTheGlass({ data, width, height }: RgbImage): Uint8Array {
  const glass = [0, 1, 2].map((channel) => {
    const levels = Array.from({ length: width * height }, (_, i) => data[3 * i + channel]);
    return levels.sort((one, other) => one - other)[levels.length >> 1];
  });
  return Uint8Array.from({ length: width * height }, (_, i) =>
    glass.some((level, channel) => Math.abs(data[3 * i + channel] - level) > offGlass) ? 1 : 0,
  );
}

/** Grown by `reach` pixels each way and shrunk again. */
function closed(mask: Uint8Array, { width, height }: RgbImage, reach: number): Uint8Array {
  const grown = widened(mask, width, height, reach, 1);
  return widened(grown, width, height, reach, 0);
}

/** Every pixel within `reach` of one that has `level` takes it, first along the rows, then along the columns. */
function widened(mask: Uint8Array, width: number, height: number, reach: number, level: 0 | 1): Uint8Array {
  const near = (from: Uint8Array, i: number, place: number, length: number, step: number) => {
    for (let by = -reach; by <= reach; by++) {
      if (place + by >= 0 && place + by < length && from[i + by * step] === level) return level;
    }
    return 1 - level;
  };
  const rows = mask.map((_, i) => near(mask, i, i % width, width, 1));
  return rows.map((_, i) => near(rows, i, Math.floor(i / width), height, width));
}

/** Takes out the piece that a pixel belongs to. */
function flood(mask: Uint8Array, width: number, start: number): Place[] {
  const places: Place[] = [];
  const open = [start];
  mask[start] = 0;
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    const column = i % width;
    places.push({ x: column / detail, y: Math.floor(i / width) / detail });
    for (const next of [column > 0 ? i - 1 : -1, column < width - 1 ? i + 1 : -1, i - width, i + width]) {
      if (next >= 0 && next < mask.length && mask[next] === 1) {
        mask[next] = 0;
        open.push(next);
      }
    }
  }
  return places;
}
