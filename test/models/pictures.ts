import { join } from 'node:path';

import sharp from 'sharp';

import type { RgbImage } from '../../appliance/face/image.js';
import { installation } from '../../appliance/installation.js';

const sample = join(installation.root, 'node_modules/@vladmandic/face-api/demo/sample6.jpg');

/** The face at the left of the package's sample picture, scaled to a square. */
export async function facePicture(size: number): Promise<RgbImage> {
  const data = await sharp(sample)
    .extract({ left: 160, top: 410, width: 400, height: 400 })
    .resize(size, size)
    .removeAlpha()
    .raw()
    .toBuffer();
  return { data, width: size, height: size };
}

/** Noise that is the same in every run (xorshift32). */
export function noise(size: number, seed = 1): RgbImage {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
  return { data: Uint8Array.from({ length: size * size * 3 }, next), width: size, height: size };
}
