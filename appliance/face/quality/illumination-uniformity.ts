import type { Colour } from '../colours.js';
import { histogramOf } from './luminance.js';
import { measured, type Measured } from './value.js';

/**
 * How much the luminances of the two cheeks have in common, 0 to 1: what their histograms share. The standard's
 * measure and power; it wants cheeks of some thousand pixels, so the face is cut finely for it.
 */
export function illuminationUniformity(cheeks: readonly [readonly Colour[], readonly Colour[]]): Measured {
  const [left, right] = cheeks.map(histogramOf);
  const shared = left.reduce((sum, part, level) => sum + Math.min(part, right[level]), 0);
  return measured(Math.min(shared, 1), 100 * shared ** 0.3);
}
