import type { Point } from '../../face/image.js';
import type { GreyImage } from './grey.js';

/** A candidate for one of the card's rings: its centre and its approximate side, in pixels. */
export type Ring = Point & { readonly side: number };

/**
 * A pixel is dark below this fraction of its neighbourhood's mean. The neighbourhood reaches this fraction of
 * the picture's longer side each way.
 */
const dark = 0.6;
const neighbourhood = 0.08;
/** In pixels; smaller rings cannot be told from print. */
const smallest = 8;
/** At most this many candidates are kept, the largest first. */
const most = 14;

/** The dark, square, hollow shapes in a picture. */
export function findRings(picture: GreyImage): Ring[] {
  const mask = darkPixels(picture);
  const found: Ring[] = [];
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue;
    const ring = ringOf(takeComponent(mask, picture.width, at), picture);
    if (ring) found.push(ring);
  }
  return found.toSorted((one, other) => other.side - one.side).slice(0, most);
}

/** Adaptive threshold: 1 where a pixel is much darker than its neighbourhood. */
function darkPixels({ data, width, height }: GreyImage): Uint8Array {
  const sums = integralImage({ data, width, height });
  const reach = Math.max(4, Math.round(Math.max(width, height) * neighbourhood));
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const at = (row: number, column: number) => sums[row * (width + 1) + column];
      const sum = at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left);
      const mean = sum / ((bottom - top) * (right - left));
      if (data[y * width + x] < dark * mean) mask[y * width + x] = 1;
    }
  }
  return mask;
}

/** The integral image: the sum of all levels above and to the left. */
function integralImage({ data, width, height }: GreyImage): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += data[y * width + x];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  return sums;
}

type Component = {
  readonly count: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly middle: Point;
};

/** Removes the connected component of a pixel from the mask and measures it. */
function takeComponent(mask: Uint8Array, width: number, start: number): Component {
  const open = [start];
  mask[start] = 0;
  let [count, sumX, sumY] = [0, 0, 0];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    count += 1;
    sumX += x;
    sumY += y;
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
    for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
      if (next >= 0 && next < mask.length && mask[next] === 1) {
        mask[next] = 0;
        open.push(next);
      }
    }
  }
  return { count, left, right, top, bottom, middle: { x: sumX / count + 0.5, y: sumY / count + 0.5 } };
}

/** A ring is about square, light in its centre, and its centroid is its centre. */
function ringOf(
  { count, left, right, top, bottom, middle }: Component,
  { data, width }: GreyImage,
): Ring | undefined {
  const [across, down] = [right - left + 1, bottom - top + 1];
  const side = Math.sqrt(across * down);
  if (side < smallest || across > 1.5 * down || down > 1.5 * across) return undefined;
  const filled = count / (across * down);
  const off = Math.hypot(middle.x - (left + right + 1) / 2, middle.y - (top + bottom + 1) / 2);
  if (filled < 0.35 || filled > 0.85 || off > 0.1 * side) return undefined;
  const within = (x: number, y: number) => data[Math.floor(y) * width + Math.floor(x)];
  const hole = within(middle.x, middle.y);
  const wall = [-1, 1].flatMap((way) => [
    within(middle.x + way * 0.37 * across, middle.y),
    within(middle.x, middle.y + way * 0.37 * down),
  ]);
  return wall.every((level) => level < 0.75 * hole) ? { ...middle, side } : undefined;
}
