import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';

/** Of the practice camera's frames those from here on: the visitor stands in the dark, and then well. */
const firstFrame = 8;

/** Whoever stands before the guest's cameras, as JPEG of 1280 by 960. */
export function visitorPictures(): Buffer[] {
  const folder = join(installation.practice, 'camera');
  return readdirSync(folder)
    .sort()
    .slice(firstFrame - 1)
    .map((name) => readFileSync(join(folder, name)));
}

/** The glass of a small flatbed (A6) at 300 dpi with the practice card on it, as PPM. */
export async function glass(): Promise<Buffer> {
  const [width, height] = [1240, 1748];
  const page = await sharp(join(installation.practice, 'card.png'))
    .extract({ left: 0, top: 0, width, height })
    .removeAlpha()
    .raw()
    .toBuffer();
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), page]);
}
