import type { Colour } from '../colours.js';
import { meanColour } from './cheeks.js';
import { labOf } from './lab.js';
import { measured, type Measured, sigmoid } from './value.js';

/** What skin of all tones has in CIELAB, and how far off a colour is that has turned blue or green: the standard's. */
const natural = { a: { least: 5, most: 25 }, b: { least: 5, most: 35 } };
const unnatural = 100;

/** A grey of whole levels is off the axes by less than this. */
const rounding = 0.1;

/** How far the cheeks' mean colour is from those of skin, 0 to 100 in CIELAB; a grey picture's is 7. */
export function naturalColour(cheeks: readonly [readonly Colour[], readonly Colour[]]): Measured {
  const { a, b } = labOf(meanColour(cheeks.flat()));
  const off =
    Math.min(a, b) < -rounding ? unnatural : Math.hypot(outside(a, natural.a), outside(b, natural.b));
  return measured(off, 200 * (1 - sigmoid(off, 0, 10)));
}

function outside(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.max(least - value, value - most, 0);
}
