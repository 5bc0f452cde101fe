import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from '../../appliance/face/image.js';
import { asSharp } from './canvas.js';

/** Somebody else beside the visitor, their picture this much as large; at 0 the room stays empty. */
export async function withCompany(picture: RgbImage, other: RgbImage, size: number): Promise<Sharp> {
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
