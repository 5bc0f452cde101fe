import type { Colour } from '../colours.js';
import { histogramOf } from './luminance.js';
import { measured, type Measured } from './value.js';

/**
 * The intersection of the two cheeks' luminance histograms, 0 to 1: the standard's measure and exponent. It needs
 * cheeks of some thousand pixels, so the face is cropped at a higher resolution for it.
 */
export function illuminationUniformity(cheeks: readonly [readonly Colour[], readonly Colour[]]): Measured {
  const [left, right] = cheeks.map(histogramOf);
  const shared = left.reduce((sum, part, level) => sum + Math.min(part, right[level]), 0);
  return measured(Math.min(shared, 1), 100 * shared ** 0.3);
}
