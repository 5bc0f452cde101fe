import type { Chance } from '../chance.js';
import { eyes } from './portrait.js';
import type { Look } from './render.js';

export type Ink = NonNullable<Look['ink']>;

/** A printed photo: paper is never quite black nor white, and takes a tint. */
export function paper(chance: Chance): Ink {
  const contrast = chance.between(0.72, 0.92);
  const tint = [0, 1, 2].map(() => chance.between(4, 16));
  return (colour) => {
    for (let c = 0; c < 3; c++) colour[c] = colour[c] * contrast + tint[c] + 6;
  };
}

/** In frame pixels, of a face with 80 pixels between the eyes: coarse as a monitor's, fine as a telephone's. */
const pitches = { coarse: [0.55, 1.6], fine: [0.16, 0.4] } as const;

/**
 * A screen: each of its pixels lights in three stripes with dark between them. Seen by a camera whose own pixels are
 * not much smaller, the two grids beat (moiré); how much is left is the sinc of the camera pixel's aperture.
 */
export function moire(chance: Chance, fine: boolean): Ink {
  const [least, most] = pitches[fine ? 'fine' : 'coarse'];
  const pitch = chance.between(least, most) * (eyes / 80);
  const depth = chance.between(0.5, 0.8);
  const glow = chance.between(0.95, 1.15);
  const perPixel = eyes / 80 / pitch;
  const aperture = 0.9;
  const sinc = Math.abs(Math.sin(Math.PI * perPixel * aperture) / (Math.PI * perPixel * aperture));
  const amplitude = depth * sinc;
  return (colour, u, v) => {
    const row = Math.cos((2 * Math.PI * v) / pitch);
    for (let c = 0; c < 3; c++) {
      const stripe = Math.cos(2 * Math.PI * (u / pitch - c / 3));
      colour[c] = (colour[c] * glow + 5) * (1 + amplitude * stripe) * (1 + 0.5 * amplitude * row);
    }
  };
}
