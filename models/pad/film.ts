import sharp from 'sharp';

import { type Chance, chance } from '../chance.js';
import type { Moment } from './motion.js';
import { blank, frame } from './render.js';
import type { Actor } from './species.js';

/** Blurs in a lens, in pixels. */
const lens = 0.6;

/** A wall behind the counter, out of focus: a gradient, a door, a notice. */
export async function wall(luck: Chance): Promise<Float32Array> {
  const [base, door, notice] = [luck.between(120, 205), luck.between(60, 140), luck.between(180, 245)];
  const [x, y] = [luck.between(20, 120), luck.between(520, 620)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}">
    <rect width="100%" height="100%" fill="rgb(${base},${base - 3},${base - 10})"/>
    <rect x="${x}" y="90" width="140" height="520" fill="rgb(${door},${door * 0.9},${door * 0.75})"/>
    <rect x="${y}" y="110" width="150" height="200" fill="rgb(${notice},${notice},${notice - 8})"/>
  </svg>`;
  const data = await sharp(Buffer.from(svg)).blur(luck.between(3, 9)).removeAlpha().raw().toBuffer();
  return Float32Array.from(data);
}

/** Noise of a sensor, the sum of three even chances: near enough to a bell of spread 1. */
const grain = Float32Array.from(
  { length: 65_536 },
  (
    (c) => () =>
      2 * (c.uniform() + c.uniform() + c.uniform() - 1.5)
  )(chance(7)),
);

/** One frame as the camera gives it, JPEG: what stands there, the lens, the sensor's noise. */
export async function shoot(
  actor: Actor,
  moment: Moment,
  background: Float32Array,
  luck: Chance,
): Promise<Buffer> {
  const canvas = blank(background);
  actor.show(canvas, moment);
  const noise = luck.between(1.5, 3);
  const bytes = new Uint8ClampedArray(canvas.colours);
  const soft = await sharp(bytes, { raw: { ...frame, channels: 3 } })
    .blur(lens)
    .raw()
    .toBuffer();
  const noisy = new Uint8ClampedArray(soft.length);
  const from = Math.floor(luck.uniform() * grain.length);
  for (let i = 0; i < soft.length; i++) {
    // An odd stride, so that no row has the noise of the one above.
    noisy[i] = soft[i] + noise * grain[(from + i + 31 * Math.floor(i / 2399)) & 0xffff];
  }
  return sharp(noisy, { raw: { ...frame, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
