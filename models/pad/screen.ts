import type { Chance } from '../chance.js';
import type { Ink } from './ink.js';
import { eyes } from './portrait.js';
import { frame } from './render.js';

/** How closely a screen's pixels lie: see `pitches`. */
export type Fineness = keyof typeof pitches;

/**
 * How far apart a screen's pixels are, in the camera's, where a face has 80 of these between its eyes: as of a
 * television or a monitor with large pixels, of a tablet or a telephone, and of a telephone that no camera here
 * resolves.
 */
const pitches = { coarse: [0.55, 1.6], fine: [0.16, 0.4], finest: [0.08, 0.15] } as const;

/**
 * The light of a screen: each of its pixels shines in three stripes with dark between them. Seen by a camera whose
 * own pixels are not much smaller, the two grids beat (moiré).
 */
export function gridOf(chance: Chance, fineness: Fineness): Ink {
  const [least, most] = pitches[fineness];
  const pitch = chance.between(least, most) * (eyes / 80);
  const depth = chance.between(0.5, 0.8) * transferOf(chance)(eyes / 80 / pitch);
  const glow = chance.between(0.95, 1.15);
  // Red, green and blue, or the other way about; on a screen that was turned the stripes lie.
  const order = chance.either(1, -1);
  const lying = chance.either(false, true);
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

/** Of so many turns, by a table: half a million pixels a frame ask for three. */
function cosine(turns: number): number {
  return cosines[Math.floor(turns * cosines.length) & (cosines.length - 1)];
}
const cosines = Float64Array.from({ length: 4096 }, (_, i) => Math.cos((2 * Math.PI * (i + 0.5)) / 4096));

/** The sine of a third of a turn. */
const third = Math.sqrt(0.75);

/** Pixels in a row of the sensors of Raspberry Pi's camera modules 1, 2 and 3 (5, 8 and 12 megapixels). */
const sensors = [2592, 3280, 4608] as const;

/**
 * How much of a wave of so many cycles a frame pixel a camera passes on: the lens, a bell that leaves 30 to 50 % at
 * the sensor's own limit (half a cycle a sensor pixel), and the aperture of the frame's pixel, over which the
 * sensor's are averaged.
 */
function transferOf(chance: Chance): (frequency: number) => number {
  const perPixel = chance.either(...sensors) / frame.width;
  const atLimit = chance.between(0.3, 0.5);
  const aperture = 0.9;
  return (frequency) => {
    const lens = atLimit ** ((frequency / perPixel / 0.5) ** 2);
    const x = Math.PI * frequency * aperture;
    return lens * Math.abs(Math.sin(x) / x);
  };
}
