import { type Colour, lumaOf } from '../colours.js';

/**
 * How much brighter one cheek is than the other, as the natural logarithm of the ratio of their mean lumas. The
 * standard's illumination uniformity needs the face far finer than a frame can be looked at.
 */
export function unevenLight([left, right]: readonly [readonly Colour[], readonly Colour[]]): number {
  return Math.abs(Math.log(meanLuma(left) / meanLuma(right)));
}

/** One level more, as nothing can be divided by a cheek that is quite black. */
function meanLuma(cheek: readonly Colour[]): number {
  return 1 + cheek.reduce((sum, colour) => sum + lumaOf(colour), 0) / cheek.length;
}
