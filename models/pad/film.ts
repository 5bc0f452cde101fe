import sharp from 'sharp';

import type { Chance } from './chance.js';
import type { Moment } from './motion.js';
import { blank, frame } from './render.js';
import type { Actor } from './species.js';

/** Blurs in a lens, in pixels. */
const lens = 0.6;

/** A wall behind the counter, out of focus: a gradient, a door, a notice. */
export async function wall(chance: Chance): Promise<Float32Array> {
  const [base, door, notice] = [chance.between(120, 205), chance.between(60, 140), chance.between(180, 245)];
  const [x, y] = [chance.between(20, 120), chance.between(520, 620)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}">
    <rect width="100%" height="100%" fill="rgb(${base},${base - 3},${base - 10})"/>
    <rect x="${x}" y="90" width="140" height="520" fill="rgb(${door},${door * 0.9},${door * 0.75})"/>
    <rect x="${y}" y="110" width="150" height="200" fill="rgb(${notice},${notice},${notice - 8})"/>
  </svg>`;
  const data = await sharp(Buffer.from(svg)).blur(chance.between(3, 9)).removeAlpha().raw().toBuffer();
  return Float32Array.from(data);
}

/** One frame as the camera gives it, JPEG: what stands there, the lens, the sensor's noise. */
export async function shoot(actor: Actor, moment: Moment, background: Float32Array, chance: Chance): Promise<Buffer> {
  const canvas = blank(background);
  actor.show(canvas, moment);
  const noise = chance.between(2, 4);
  const bytes = Uint8ClampedArray.from(canvas.colours);
  const soft = await sharp(bytes, { raw: { ...frame, channels: 3 } }).blur(lens).raw().toBuffer();
  for (let i = 0; i < soft.length; i += 1) {
    // The sum of two even chances: near enough to a bell.
    soft[i] = Math.min(255, Math.max(0, Math.round(soft[i] + noise * 1.2 * (chance.next() + chance.next() - 1) * 1.7)));
  }
  return sharp(soft, { raw: { ...frame, channels: 3 } }).jpeg({ quality: 90 }).toBuffer();
}
