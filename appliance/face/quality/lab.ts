import type { Colour } from '../colours.js';
import { lightOf } from './luminance.js';

/** A colour in CIELAB (CIE 15) under D50, as in the standard: lightness 0 to 100, and two colour axes. */
export type Lab = { readonly l: number; readonly a: number; readonly b: number };

export function labOf({ red, green, blue }: Colour): Lab {
  const [r, g, b] = [lightOf(red), lightOf(green), lightOf(blue)];
  // sRGB's primaries adapted to D50, and the white point of D50: the standard's numbers.
  const x = cubeRoot((0.43605 * r + 0.38508 * g + 0.14309 * b) / 0.964221);
  const y = cubeRoot(0.22249 * r + 0.71689 * g + 0.06062 * b);
  const z = cubeRoot((0.01393 * r + 0.0971 * g + 0.71419 * b) / 0.825211);
  return { l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) };
}

/** The cube root, linear near black as CIELAB defines it. */
function cubeRoot(part: number): number {
  return part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116;
}
