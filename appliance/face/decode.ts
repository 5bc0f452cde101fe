import sharp from 'sharp';

import type { FindingCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { RgbImage } from './image.js';

export type DecodeFinding = Extract<FindingCode, 'unreadable-image' | 'image-too-large'>;

/** Wider or higher than this is no photograph of a face: an A4 page at 600 dpi is 7,016 pixels high. */
const longestSide = 16_000;
/** Room for an A4 page at 600 dpi (35 Mpx) and for a telephone's 50-megapixel picture. */
const mostPixels = 64_000_000;

// A vault serves one visitor: nothing of a picture may linger in a cache, and one thread keeps memory low.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes the first picture of a JPEG, PNG, WebP, GIF, TIFF or AVIF file to 8-bit sRGB: turned upright by its
 * EXIF tag, laid on white where it is transparent, whatever its colour space and depth were.
 *
 * @param encoded the file's bytes
 * @param fit shrinks what is larger so that neither side exceeds this many pixels; a JPEG is then decoded at
 *   a fraction of its size, which makes a 12-megapixel still cheap
 * @returns `unreadable-image` for anything that is not a whole picture in one of these formats,
 *   `image-too-large` for more than 16,000 pixels on a side or 64 megapixels in all
 */
export async function decode(encoded: Uint8Array, fit?: number): Promise<Result<RgbImage, DecodeFinding>> {
  if (!isPicture(encoded)) return err('unreadable-image');
  try {
    const header = await sharp(encoded, { limitInputPixels: false }).metadata();
    if (Math.max(header.width, header.height) > longestSide || header.width * header.height > mostPixels) {
      return err('image-too-large');
    }
    const upright = sharp(encoded, { limitInputPixels: mostPixels, failOn: 'warning' }).autoOrient();
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
    // What the decoder has to say may quote the file; the code is all that anybody needs.
    return err('unreadable-image');
  }
}

/**
 * Whether the bytes begin as a picture file does. Only these formats reach a decoder: an SVG, which is a
 * program of sorts and may name other files, does not.
 */
function isPicture(encoded: Uint8Array): boolean {
  const head = Buffer.from(encoded.buffer, encoded.byteOffset, Math.min(encoded.byteLength, 12)).toString(
    'latin1',
  );
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    head.startsWith('GIF8') ||
    head.startsWith('II*\0') ||
    head.startsWith('MM\0*') ||
    /^RIFF.{4}WEBP/s.test(head) ||
    /^.{4}ftypavif/s.test(head)
  );
}
