import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from './image.js';

/** How grey levels bend from one pixel to the next: along a row, and along a column. */
const bends = [
  [0, 0, 0, 1, -2, 1, 0, 0, 0],
  [0, 1, 0, 0, -2, 0, 0, 1, 0],
];

/** The least spread of grey levels that is taken for a picture and not for noise. */
const leastContrast = 2;

/**
 * How sharp a close-up is: the spread of the second differences of its grey levels, in the direction in which it is
 * less, since a hand or a head that moves blurs in one direction only, over the spread of the levels themselves.
 * Clear portraits reach 0.2 and more.
 */
export async function sharpnessOf({ data, width, height }: RgbImage): Promise<number> {
  const grey = await sharp(data, { raw: { width, height, channels: 3 } })
    .greyscale()
    .raw()
    .toBuffer();
  const raw = { width, height, channels: 1 } as const;
  const contrast = await spread(sharp(grey, { raw }));
  const bent = bends.map(async (kernel) => {
    const { data: levels, info } = await sharp(grey, { raw })
      .convolve({ width: 3, height: 3, kernel, scale: 1, offset: 128 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return spread(sharp(levels, { raw: { width, height, channels: info.channels } }));
  });
  return Math.min(...(await Promise.all(bent))) / Math.max(contrast, leastContrast);
}

async function spread(picture: Sharp): Promise<number> {
  const { channels } = await picture.stats();
  return channels[0].stdev;
}
