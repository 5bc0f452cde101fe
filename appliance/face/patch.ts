import sharp from 'sharp';

import { type Affine, identity } from './affine.js';
import type { Box } from './box.js';
import type { RgbImage } from './image.js';

/** A part of a picture, scaled down where it was larger than needed. */
export type Patch = {
  readonly image: RgbImage;
  /** Maps the patch's pixels to the picture's. */
  readonly toPicture: Affine;
};

/**
 * Crops a box, as far as it lies inside the picture, and scales it down so that the box's longer side has `detail`
 * pixels; never up. Scaling down averages, so that nets which sample sparsely see what a camera with fewer pixels
 * would have seen.
 */
export async function crop(picture: RgbImage, box: Box, detail: number): Promise<Patch> {
  const left = clamp(Math.floor(box.x), 0, picture.width - 1);
  const top = clamp(Math.floor(box.y), 0, picture.height - 1);
  const width = clamp(Math.ceil(box.x + box.width), left + 1, picture.width) - left;
  const height = clamp(Math.ceil(box.y + box.height), top + 1, picture.height) - top;
  const factor = Math.min(1, detail / Math.max(box.width, box.height));
  const columns = Math.max(1, Math.round(width * factor));
  const rows = Math.max(1, Math.round(height * factor));
  const whole = width === picture.width && height === picture.height;
  if (whole && columns === width && rows === height) {
    return { image: picture, toPicture: identity };
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
