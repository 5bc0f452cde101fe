import sharp from 'sharp';

import type { Affine } from './affine.js';
import type { Point, RgbImage } from './image.js';

/** A part of a picture, shrunk where it was larger than needed. */
export type Patch = {
  readonly image: RgbImage;
  /** Carries the patch's pixels to the picture's. */
  readonly toPicture: Affine;
};

/** A rectangle in a picture, in pixels; it may stick out. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A square about a point. */
export function squareAbout(centre: Point, side: number): Box {
  return { x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side };
}

/**
 * Cuts a box out of a picture, as far as it lies inside, and shrinks it so that the box's longer side would
 * have `detail` pixels; what has fewer stays as it is. Shrinking averages, so that nets which sample a few
 * points see what a camera with fewer pixels would have seen.
 */
export async function cut(picture: RgbImage, box: Box, detail: number): Promise<Patch> {
  const left = clamp(Math.floor(box.x), 0, picture.width - 1);
  const top = clamp(Math.floor(box.y), 0, picture.height - 1);
  const width = clamp(Math.ceil(box.x + box.width), left + 1, picture.width) - left;
  const height = clamp(Math.ceil(box.y + box.height), top + 1, picture.height) - top;
  const factor = Math.min(1, detail / Math.max(box.width, box.height));
  const columns = Math.max(1, Math.round(width * factor));
  const rows = Math.max(1, Math.round(height * factor));
  const whole = width === picture.width && height === picture.height;
  if (whole && columns === width && rows === height) {
    return { image: picture, toPicture: { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 } };
  }
  const data = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  })
    .extract({ left, top, width, height })
    .resize(columns, rows, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return {
    image: { data, width: columns, height: rows },
    toPicture: { a: width / columns, b: 0, c: left, d: 0, e: height / rows, f: top },
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
