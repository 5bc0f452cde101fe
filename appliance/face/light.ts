import { type Colour, lumaOf } from './colours.js';

/** The exposure of a face. */
export type Light = {
  /** Mean luma, 0 to 255. */
  readonly brightness: number;
  /** The overexposed fraction of the face, 0 to 1. */
  readonly overexposed: number;
};

const burntLuma = 250;

export function lightOn(face: readonly Colour[]): Light {
  const lumas = face.map(lumaOf);
  return {
    brightness: mean(lumas),
    overexposed: lumas.filter((luma) => luma >= burntLuma).length / lumas.length,
  };
}

/**
 * In colour the ratio of red to blue differs between lips, cheeks and shadows: over a face the standard deviation of
 * its logarithm is 0.06 or more. In grey, tinted or not, it is a tenth of that.
 */
const leastColourSpread = 0.04;

/** Whether a face was printed or photographed without colour; a uniform tint does not count as colour. */
export function isGrey(face: readonly Colour[]): boolean {
  return colourSpread(face) < leastColourSpread;
}

/** The standard deviation over a face of the logarithm of the ratio of red to blue. */
export function colourSpread(face: readonly Colour[]): number {
  // The offset keeps the ratio of small numbers, near black, from dominating.
  const ratios = face.map(({ red, blue }) => Math.log((red + 4) / (blue + 4)));
  const middle = mean(ratios);
  return Math.sqrt(mean(ratios.map((ratio) => (ratio - middle) ** 2)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
