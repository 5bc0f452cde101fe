import { createHash } from 'node:crypto';

import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from '../../appliance/face/image.js';
import { type Random, seededRandom } from '../random.js';

/** Frames per photograph, as in a visit. */
const frames = 5;
/** In pixels: a basic camera. */
const size = { width: 640, height: 480 };

/**
 * Simulates five camera frames of 640 × 480 of the person in a picture, each with its own tilt, exposure,
 * blur, noise and JPEG compression. Deterministic: the same picture always gives the same frames.
 *
 * A stand-in for film. A real visitor's frames also vary in expression, which fusing helps with, and share
 * the room's faults, which it does not.
 */
export async function simulateFrames(picture: RgbImage): Promise<readonly RgbImage[]> {
  const random = seededRandom(createHash('sha256').update(picture.data).digest().readUInt32LE());
  const whole = await imageOf(open(picture).resize({ ...size, fit: 'inside' }));
  const film: RgbImage[] = [];
  for (let frame = 0; frame < frames; frame++) film.push(await simulateFrame(whole, random));
  return film;
}

async function simulateFrame(picture: RgbImage, { uniform, normal }: Random): Promise<RgbImage> {
  const between = (low: number, high: number): number => low + (high - low) * uniform();
  const gain = between(0.6, 1.25);
  const noise = between(2, 12);
  const tilted = await imageOf(
    open(picture).rotate(between(-6, 6), { background: 'grey' }).blur(between(0.3, 1.8)),
  );
  const exposed = new Uint8ClampedArray(tilted.data.length);
  for (let i = 0; i < exposed.length; i++) exposed[i] = tilted.data[i] * gain + normal() * noise;
  const quality = Math.round(between(50, 85));
  const compressed = await open({ ...tilted, data: new Uint8Array(exposed.buffer) })
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
