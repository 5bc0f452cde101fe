import sharp from 'sharp';

import type { RgbImage } from '../../appliance/face/image.js';
import type { Random } from '../random.js';
import type { Print } from './print.js';

/** The second portrait's size relative to the first, and how much of its darkness is left; assumed. */
const size = { least: 0.35, most: 0.5 };
const strength = { least: 0.3, most: 0.55 };
/** In millimetres of bare card between the two. */
const gap = 4;

/** Prints the portrait once more beside itself, small and pale, at the height of its lower edge. */
export async function withGhost({ image, dots, paper }: Print, { between }: Random): Promise<RgbImage> {
  const raw = { width: image.width, height: image.height, channels: 3 } as const;
  const left = between(strength.least, strength.most);
  const ghost = await sharp(image.data, { raw })
    .resize({ width: Math.round(image.width * between(size.least, size.most)) })
    .linear(
      [left, left, left],
      paper.map((level) => level * (1 - left)),
    )
    .png()
    .toBuffer({ resolveWithObject: true });
  const bare = Math.round(gap * dots);
  const [r, g, b] = paper;
  const { data, info } = await sharp(image.data, { raw })
    .extend({ right: bare + ghost.info.width, background: { r, g, b } })
    .composite([{ input: ghost.data, left: image.width + bare, top: image.height - ghost.info.height }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
