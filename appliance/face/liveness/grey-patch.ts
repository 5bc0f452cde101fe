import type { Box } from '../box.js';
import { lumaOf } from '../colours.js';
import type { RgbImage } from '../image.js';
import type { GreyPatch } from './sheet-edges.js';

/** A part of a picture in grey, and where it lies in it: its left and top in pixels, and its pixels to one of them. */
export type PlacedPatch = {
  readonly patch: GreyPatch;
  readonly left: number;
  readonly top: number;
  readonly scale: number;
};

/**
 * The part of a box that lies inside the picture, in grey. Each pixel is the mean of a block, from every second row and
 * column of large ones: reading all pixels would take four times as long, in each frame that is searched.
 *
 * @param scale the patch's pixels to one of the picture; from 1 on it is not scaled
 */
export function greyPatch({ data, width, height }: RgbImage, box: Box, scale: number): PlacedPatch {
  const block = Math.max(1, 1 / scale);
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
  const columns = cells(left, Math.min(width, Math.ceil(box.x + box.width)), block);
  const rows = cells(top, Math.min(height, Math.ceil(box.y + box.height)), block);
  const step = Math.max(1, Math.floor(block / 2));
  const grey = new Uint8Array(columns.length * rows.length);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      let [red, green, blue, pixels] = [0, 0, 0, 0];
      for (let y = row.from; y < row.to; y += step) {
        const end = 3 * (y * width + column.to);
        for (let i = 3 * (y * width + column.from); i < end; i += 3 * step, pixels++) {
          red += data[i];
          green += data[i + 1];
          blue += data[i + 2];
        }
      }
      grey[at++] = lumaOf({ red: red / pixels, green: green / pixels, blue: blue / pixels });
    }
  }
  return { patch: { data: grey, width: columns.length, height: rows.length }, left, top, scale: 1 / block };
}

/** The whole blocks between two edges, rounded to pixels. */
function cells(start: number, end: number, block: number): { from: number; to: number }[] {
  return Array.from({ length: Math.max(0, Math.floor((end - start) / block)) }, (_, i) => ({
    from: start + Math.round(i * block),
    to: start + Math.round((i + 1) * block),
  }));
}
