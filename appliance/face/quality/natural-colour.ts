import type { Colour } from '../colours.js';
import { meanColour } from './cheeks.js';
import { labOf } from './lab.js';
import { measured, type Measured, sigmoid } from './value.js';

/** The standard's range of skin tones in CIELAB, and its distance for a colour that has turned blue or green. */
const natural = { a: { least: 5, most: 25 }, b: { least: 5, most: 35 } };
const unnatural = 100;

/** Greys rounded to whole levels are less than this off the axes. */
const rounding = 0.1;

/** The distance of the cheeks' mean colour from skin tones, 0 to 100 in CIELAB; 7 for a grey picture. */
export function naturalColour(cheeks: readonly [readonly Colour[], readonly Colour[]]): Measured {
  const { a, b } = labOf(meanColour(cheeks.flat()));
  const distance =
    Math.min(a, b) < -rounding ? unnatural : Math.hypot(outside(a, natural.a), outside(b, natural.b));
  return measured(distance, 200 * (1 - sigmoid(distance, 0, 10)));
}

function outside(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.max(least - value, value - most, 0);
}
