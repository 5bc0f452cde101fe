import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';
import { onGlass } from '../guest/extras/pictures.js';

/** What the devices show in a search for remnants. */
export type Pictures = {
  /** The page on the glass: RGB, one line after another. */
  readonly page: { readonly data: Buffer; readonly width: number; readonly height: number };
  /** The visitor before the camera, as JPEG. */
  readonly frame: Buffer;
};

/** In levels of 256, up and down: enough that no 16 bytes occur twice, little enough that a face stays one. */
const amplitude = 12;

/** The practice card and its holder, each under a random pattern that no other picture has. */
export async function patternedPictures(): Promise<Pictures> {
  const page = await onGlass('card.png').raw().toBuffer({ resolveWithObject: true });
  const folder = join(installation.practice, 'camera');
  // The last frames show the visitor as the guidance wants it.
  const visitor = join(folder, readdirSync(folder).sort().at(-8)!);
  const frame = await sharp(visitor).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = frame.info;
  const jpeg = sharp(patterned(frame.data), { raw: { width, height, channels: 3 } }).jpeg({ quality: 88 });
  return {
    page: { data: patterned(page.data), width: page.info.width, height: page.info.height },
    frame: await jpeg.toBuffer(),
  };
}

/** Adds uniform noise to each sample, within its range. */
function patterned(samples: Buffer): Buffer {
  const noise = randomBytes(samples.length);
  return samples.map((level, at) => {
    const within = Math.min(Math.max(level, amplitude), 255 - amplitude);
    return within + Math.round(((noise[at] - 127.5) / 127.5) * amplitude);
  }) as Buffer;
}
