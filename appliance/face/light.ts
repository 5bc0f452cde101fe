import { type Colour, lumaOf } from './colours.js';

/** How the light falls on a face. */
export type Light = {
  /** Mean luma, 0 to 255. */
  readonly brightness: number;
  /** The part of the face that is so bright that nothing can be seen in it, 0 to 1. */
  readonly burnt: number;
};

const burntLuma = 250;

export function lightOn(face: readonly Colour[]): Light {
  const lumas = face.map(lumaOf);
  return {
    brightness: mean(lumas),
    burnt: lumas.filter((luma) => luma >= burntLuma).length / lumas.length,
  };
}

/**
 * In a picture in colour the ratio of red to blue differs from lips to cheeks to shadows: its logarithm spreads
 * by 0.06 or more over a face. In a grey picture, with or without a tint of the paper, by a tenth of that.
 */
const leastColourSpread = 0.04;

/** Whether a face was printed or photographed without colour, be it tinted. */
export function isGrey(face: readonly Colour[]): boolean {
  // One level more in each channel, as near to black the ratio of two small numbers says nothing.
  const ratios = face.map(({ red, blue }) => Math.log((red + 4) / (blue + 4)));
  const middle = mean(ratios);
  return Math.sqrt(mean(ratios.map((ratio) => (ratio - middle) ** 2))) < leastColourSpread;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
