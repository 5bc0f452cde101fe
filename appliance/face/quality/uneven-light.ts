import { type Colour, lumaOf } from '../colours.js';

/**
 * How much brighter one cheek is than the other, as the natural logarithm of the ratio of their lumas. The standard's
 * illumination uniformity needs the face far finer than a frame can be looked at.
 */
export function unevenLight([left, right]: readonly [readonly Colour[], readonly Colour[]]): number {
  return Math.abs(meanLog(left) - meanLog(right));
}

function meanLog(cheek: readonly Colour[]): number {
  return cheek.reduce((sum, colour) => sum + Math.log(lumaOf(colour) + 4), 0) / cheek.length;
}
