import sharp from 'sharp';

import type { RgbImage } from './image.js';

/** The luma of ITU-R BT.601, in all three channels. */
const luma: [number, number, number] = [0.299, 0.587, 0.114];

/** The picture in greyscale, still with three channels. */
export async function toGreyscale(picture: RgbImage): Promise<RgbImage> {
  const { width, height } = picture;
  const data = await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .recomb([luma, luma, luma])
    .raw()
    .toBuffer();
  return { data, width, height };
}
