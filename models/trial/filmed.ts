import { createHash } from 'node:crypto';

import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from '../../appliance/face/image.js';
import { type Chance, chance } from '../chance.js';

/** Frames of one photograph, as many as the visit asks for. */
const frames = 5;
/** In pixels: what a plain camera gives. */
const size = { width: 640, height: 480 };

/**
 * What a camera at the counter might see of somebody who looks as in the picture: five frames of 640 × 480, each held
 * a little otherwise, lit brighter or darker, blurred, noisy and compressed on its own. The same picture always
 * comes out the same.
 *
 * It stands in for a film where there are only pictures. A real visitor's frames also differ in what the face does,
 * which fusing helps with, and share what is wrong with the room, which it does not.
 */
export async function filmed(picture: RgbImage): Promise<readonly RgbImage[]> {
  const luck = chance(createHash('sha256').update(picture.data).digest().readUInt32LE());
  const whole = await imageOf(open(picture).resize({ ...size, fit: 'inside' }));
  const film: RgbImage[] = [];
  for (let frame = 0; frame < frames; frame++) film.push(await seen(whole, luck));
  return film;
}

async function seen(picture: RgbImage, { uniform, normal }: Chance): Promise<RgbImage> {
  const between = (low: number, high: number): number => low + (high - low) * uniform();
  const gain = between(0.6, 1.25);
  const noise = between(2, 12);
  const held = await imageOf(
    open(picture).rotate(between(-6, 6), { background: 'grey' }).blur(between(0.3, 1.8)),
  );
  const exposed = new Uint8ClampedArray(held.data.length);
  for (let i = 0; i < exposed.length; i++) exposed[i] = held.data[i] * gain + normal() * noise;
  const quality = Math.round(between(50, 85));
  const compressed = await open({ ...held, data: new Uint8Array(exposed.buffer) })
    .jpeg({ quality })
    .toBuffer();
  return imageOf(sharp(compressed));
}

function open({ data, width, height }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function imageOf(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
