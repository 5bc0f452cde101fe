import type { Random } from '../random.js';
import type { Ink } from './ink.js';
import { eyes } from './portrait.js';
import { frame } from './render.js';

/** A screen's pixel density: see `pitches`. */
export type Fineness = keyof typeof pitches;

/**
 * The pitch of a screen's pixels in camera pixels, with 80 camera pixels between the eyes: a television or
 * coarse monitor, a tablet or phone, and a phone whose grid no camera here resolves.
 */
const pitches = { coarse: [0.55, 1.6], fine: [0.16, 0.4], finest: [0.08, 0.15] } as const;

/**
 * A screen's light: each pixel shines in three stripes with dark gaps. In a camera whose pixels are not much
 * smaller, the two grids produce moiré.
 */
export function gridOf(random: Random, fineness: Fineness): Ink {
  const [least, most] = pitches[fineness];
  const pitch = random.between(least, most) * (eyes / 80);
  const depth = random.between(0.5, 0.8) * transferOf(random)(eyes / 80 / pitch);
  const glow = random.between(0.95, 1.15);
  // RGB or BGR stripes; they are horizontal on a rotated screen.
  const order = random.oneOf(1, -1);
  const lying = random.oneOf(false, true);
  return (colour, u, v) => {
    const across = (lying ? v : u) / pitch;
    const along = (lying ? u : v) / pitch;
    const row = 1 + 0.5 * depth * cosine(along);
    const cos = depth * cosine(across);
    const sin = depth * third * order * cosine(across - 0.25);
    colour[0] = (colour[0] * glow + 5) * (1 + cos) * row;
    colour[1] = (colour[1] * glow + 5) * (1 - 0.5 * cos + sin) * row;
    colour[2] = (colour[2] * glow + 5) * (1 - 0.5 * cos - sin) * row;
  };
}

/** Cosine of a number of turns, from a table: each frame needs it three times for half a million pixels. */
function cosine(turns: number): number {
  return cosines[Math.floor(turns * cosines.length) & (cosines.length - 1)];
}
const cosines = Float64Array.from({ length: 4096 }, (_, i) => Math.cos((2 * Math.PI * (i + 0.5)) / 4096));

/** sin(2π / 3) */
const third = Math.sqrt(0.75);

/** Pixels in a sensor row of Raspberry Pi's camera modules 1, 2 and 3 (5, 8 and 12 megapixels). */
const sensors = [2592, 3280, 4608] as const;

/**
 * The camera's modulation transfer at a frequency in cycles per frame pixel: a Gaussian lens with 30 to 50 %
 * at the sensor's Nyquist frequency (half a cycle per sensor pixel), times the aperture of a frame pixel,
 * which averages sensor pixels.
 */
function transferOf(random: Random): (frequency: number) => number {
  const perPixel = random.oneOf(...sensors) / frame.width;
  const atLimit = random.between(0.3, 0.5);
  const aperture = 0.9;
  return (frequency) => {
    const lens = atLimit ** ((frequency / perPixel / 0.5) ** 2);
    const x = Math.PI * frequency * aperture;
    return lens * Math.abs(Math.sin(x) / x);
  };
}
