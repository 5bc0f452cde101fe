import sharp from 'sharp';

import type { FindingCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { RgbImage } from './image.js';
import { pictureType } from './picture-type.js';
import { wholePicture } from './whole-picture.js';

export type DecodeFinding = Extract<FindingCode, 'unreadable-image' | 'image-too-large'>;

/** In pixels: an A4 page at 600 dpi is 7,016 high. */
const longestSide = 16_000;
/** Enough for an A4 page at 600 dpi (35 megapixels) and for a phone's 50-megapixel picture. */
const mostPixels = 64_000_000;

// Nothing of a picture may stay in a cache, and a single thread keeps memory low.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes the first picture of a JPEG, PNG, WebP, GIF, TIFF or AVIF file to 8-bit sRGB: upright by its EXIF tag, on
 * white where it is transparent, whatever its colour space and depth.
 *
 * @param encoded the file's bytes
 * @param fit scales larger pictures down so that neither side exceeds this many pixels; a JPEG is decoded at a
 *   fraction of its size, which keeps 12 megapixels cheap
 * @returns `unreadable-image` for anything but a complete picture in one of these formats, `image-too-large` above
 *   16,000 pixels on a side or 64 megapixels in total
 */
export async function decode(encoded: Uint8Array, fit?: number): Promise<Result<RgbImage, DecodeFinding>> {
  const whole = pictureType(encoded) && wholePicture(encoded);
  if (!whole) return err('unreadable-image');
  try {
    const header = await sharp(whole.encoded, { limitInputPixels: false, failOn: 'error' }).metadata();
    if (Math.max(header.width, header.height) > longestSide || header.width * header.height > mostPixels) {
      return err('image-too-large');
    }
    const upright = sharp(whole.encoded, { limitInputPixels: mostPixels, failOn: whole.failOn }).autoOrient();
    const fitted = fit
      ? upright.resize({ width: fit, height: fit, fit: 'inside', withoutEnlargement: true })
      : upright;
    const { data, info } = await fitted
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return ok({ data, width: info.width, height: info.height });
  } catch {
    // The decoder's message may quote the file; the code is enough.
    return err('unreadable-image');
  }
}
