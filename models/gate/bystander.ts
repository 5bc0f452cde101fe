import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from '../../appliance/face/image.js';
import { asSharp } from './canvas.js';

/** Adds somebody else beside the visitor, scaled by `size`; at 0 only an empty room. */
export async function withBystander(picture: RgbImage, other: RgbImage, size: number): Promise<Sharp> {
  const { width, height } = picture;
  const wide = await asSharp(picture).extend({ right: width, background: '#777' }).png().toBuffer();
  if (size === 0) return sharp(wide);
  const beside = asSharp(other).resize({
    width: Math.round(width * size),
    height: Math.round(height * size),
    fit: 'inside',
  });
  return sharp(wide).composite([{ input: await beside.png().toBuffer(), left: width, top: 0 }]);
}
