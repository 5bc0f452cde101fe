import type { Colour } from '../colours.js';
import { measured, type Measured, sigmoid } from './value.js';

/** Linear light for each sRGB level (IEC 61966-2-1), 0 to 1. */
const light = Float64Array.from({ length: 256 }, (_, level) => toLight(level / 255));

function toLight(level: number): number {
  return level > 0.04045 ? ((level + 0.055) / 1.055) ** 2.4 : level / 12.92;
}

/** The linear light of a channel's level, 0 to 1. */
export function lightOf(level: number): number {
  return light[level];
}

/** The standard's luminance in 256 steps: of linear light, so that sRGB 128 gives 55. */
export function luminanceOf({ red, green, blue }: Colour): number {
  return Math.round((0.2126 * light[red] + 0.7152 * light[green] + 0.0722 * light[blue]) * 255);
}

/** The fraction of pixels with each of the 256 luminances; all 0 for no pixels. */
export type Histogram = Float64Array;

export function histogramOf(colours: readonly Colour[]): Histogram {
  const histogram = new Float64Array(256);
  for (const colour of colours) histogram[luminanceOf(colour)] += 1 / colours.length;
  return histogram;
}

/** The mean luminance, 0 to 1; the standard's double sigmoid. */
export function luminanceMean(histogram: Histogram): Measured {
  const mean = meanOf(histogram);
  return measured(mean, 100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05)));
}

/** The variance of the luminance, 0 to 0.25; the standard's curve has its maximum at 1/60. */
export function luminanceVariance(histogram: Histogram): Measured {
  const mean = meanOf(histogram);
  const variance = histogram.reduce((sum, part, level) => sum + part * (level / 255 - mean) ** 2, 0);
  return measured(variance, 100 * Math.sin(((60 * variance) / (60 * variance + 1)) * Math.PI));
}

function meanOf(histogram: Histogram): number {
  return histogram.reduce((sum, part, level) => sum + (part * level) / 255, 0);
}

/** The entropy of the luminance histogram in bits, 0 to 8, as in the standard. */
export function dynamicRange(histogram: Histogram): Measured {
  const entropy = histogram.reduce((sum, part) => (part > 0 ? sum - part * Math.log2(part) : sum), 0);
  return measured(entropy, 12.5 * entropy);
}

/** The fraction of the face darker than luminance 26; the standard's sigmoid. */
export function underExposurePrevention(histogram: Histogram): Measured {
  const dark = fractionBetween(histogram, 0, 25);
  return measured(dark, 120 * (0.832 - sigmoid(dark, 0.92, 0.05)));
}

/** The fraction of the face brighter than luminance 246; the standard's reciprocal. */
export function overExposurePrevention(histogram: Histogram): Measured {
  const bright = fractionBetween(histogram, 247, 255);
  return measured(bright, 1 / (bright + 0.01));
}

function fractionBetween(histogram: Histogram, from: number, to: number): number {
  return Math.min(
    histogram.subarray(from, to + 1).reduce((sum, part) => sum + part, 0),
    1,
  );
}
