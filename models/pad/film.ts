import sharp from 'sharp';

import { type Random, seededRandom } from '../random.js';
import type { Moment } from './motion.js';
import { blank, type Canvas, frame } from './render.js';
import type { Actor } from './actor.js';

/** The camera's own blur, a Gaussian with a spread of 0.6 pixels, at the next pixel and at the centre. */
const [beside, middle] = [0.1664, 0.6672];

/** An out-of-focus background: a wall with a gradient, a door, a notice. */
export async function drawBackground(random: Random): Promise<Float32Array> {
  const [base, door, notice] = [random.between(120, 205), random.between(60, 140), random.between(180, 245)];
  const [x, y] = [random.between(20, 120), random.between(520, 620)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}">
    <rect width="100%" height="100%" fill="rgb(${base},${base - 3},${base - 10})"/>
    <rect x="${x}" y="90" width="140" height="520" fill="rgb(${door},${door * 0.9},${door * 0.75})"/>
    <rect x="${y}" y="110" width="150" height="200" fill="rgb(${notice},${notice},${notice - 8})"/>
  </svg>`;
  const data = await sharp(Buffer.from(svg)).blur(random.between(3, 9)).removeAlpha().raw().toBuffer();
  return Float32Array.from(data);
}

/** A counter's back wall, less out of focus: shelves of files, whose straight edges are everywhere around a face. */
export async function drawShelves(random: Random): Promise<Float32Array> {
  const grey = () => random.between(40, 230);
  const rects: string[] = [];
  const rect = (x: number, y: number, width: number, height: number, fill: number) =>
    rects.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="rgb(${fill},${fill * 0.97},${fill * 0.9})"/>`,
    );
  for (let y = random.between(-80, 0); y < frame.height; y += random.between(110, 170)) {
    for (let x = 0, width; x < frame.width; x += width) {
      width = random.between(16, 60);
      rect(x, y + random.between(10, 30), width, 200, grey());
    }
    rect(0, y, frame.width, 10, grey());
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}">${rects.join('')}</svg>`;
  const data = await sharp(Buffer.from(svg)).blur(random.between(1.5, 4)).removeAlpha().raw().toBuffer();
  return Float32Array.from(data);
}

/** Sensor noise: the sum of three uniform variables approximates a Gaussian of spread 1. */
const grain = Float32Array.from(
  { length: 65_536 },
  (
    (c) => () =>
      2 * (c.uniform() + c.uniform() + c.uniform() - 1.5)
  )(seededRandom(7)),
);

/** Scratch buffers for one frame: drawn, and blurred horizontally. */
const canvas: Canvas = blank();
const row = 3 * frame.width;
const softened = new Float32Array(canvas.colours.length);

/** One camera frame as JPEG: the scene, slightly blurred, with sensor noise. */
export function renderFrame(
  actor: Actor,
  moment: Moment,
  background: Float32Array,
  random: Random,
): Promise<Buffer> {
  canvas.colours.set(background);
  canvas.depths.fill(Infinity);
  actor.show(canvas, moment);
  const noise = random.between(1.5, 3);
  const bytes = addSensorNoise(noise, random.below(grain.length));
  return sharp(bytes, { raw: { ...frame, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

function addSensorNoise(noise: number, from: number): Uint8ClampedArray {
  const { colours } = canvas;
  for (let i = 3; i < colours.length - 3; i++) {
    softened[i] = middle * colours[i] + beside * (colours[i - 3] + colours[i + 3]);
  }
  const bytes = new Uint8ClampedArray(colours.length);
  for (let start = 0; start < colours.length; start += row) {
    const [above, below] = [start > 0 ? -row : 0, start + row < colours.length ? row : 0];
    // A pseudo-random start for each row, so that rows do not share noise (D. Knuth's multiplicative hash).
    let at = from + (Math.imul(start / row, 0x9e3779b1) >>> 16);
    for (let i = start; i < start + row; i++, at++) {
      const soft = middle * softened[i] + beside * (softened[i + above] + softened[i + below]);
      bytes[i] = soft + noise * grain[at & 0xffff];
    }
  }
  return bytes;
}
