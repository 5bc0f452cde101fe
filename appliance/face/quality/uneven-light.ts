import { type Colour, lumaOf } from '../colours.js';

/**
 * The absolute natural logarithm of the ratio of the cheeks' mean lumas. The standard's illumination uniformity needs
 * the face at a resolution that is too slow for every frame.
 */
export function unevenLight([left, right]: readonly [readonly Colour[], readonly Colour[]]): number {
  return Math.abs(Math.log(meanLuma(left) / meanLuma(right)));
}

/** One level is added to avoid a division by zero for a black cheek. */
function meanLuma(cheek: readonly Colour[]): number {
  return 1 + cheek.reduce((sum, colour) => sum + lumaOf(colour), 0) / cheek.length;
}
