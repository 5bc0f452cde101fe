import type { RgbImage } from '../../appliance/face/image.js';

/** An ink: the share of red, green and blue light that it lets through, and the angle of its screen in degrees. */
type Ink = { readonly lets: readonly [number, number, number]; readonly angle: number };

/** Cyan, magenta and yellow, each against one channel; at the angles at which their dots beat least. */
const processInks: readonly Ink[] = [
  { lets: [0.12, 0.88, 0.96], angle: 15 },
  { lets: [0.93, 0.14, 0.82], angle: 75 },
  { lets: [0.98, 0.95, 0.15], angle: 0 },
];
const black: Ink = { lets: [0.13, 0.13, 0.13], angle: 45 };

/** In lines an inch: the usual ruling of offset print and of laser printers. */
export const ruling = 133;
/** How steeply a dot's edge rises from paper to ink, which keeps the raster from showing steps. */
const edge = 4;

/**
 * Prints a picture in dots: each ink on a screen of its own, the dots as large as the tone asks (amplitude
 * modulation, ISO 12647-1), the inks laid over one another.
 *
 * @param resolution of the picture, in dots per inch; at least four pixels a line of the screen look like dots
 * @param paper the light that the bare paper gives back, 0 to 255 a channel
 * @param grey with black ink alone, from the picture's first channel
 */
export function halftone(
  { data, width, height }: RgbImage,
  { resolution, paper, grey }: { resolution: number; paper: readonly number[]; grey: boolean },
): RgbImage {
  const inks = grey ? [black] : processInks;
  const screens = inks.map(({ angle }) => screenOf(angle, resolution / ruling));
  const printed = new Uint8Array(data.length);
  const light = [0, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      light[0] = paper[0];
      light[1] = paper[1];
      light[2] = paper[2];
      for (let ink = 0; ink < inks.length; ink++) {
        const covered = inked(1 - data[at + ink] / 255, screens[ink].at(x, y));
        const { lets } = inks[ink];
        for (let channel = 0; channel < 3; channel++) light[channel] *= 1 - covered * (1 - lets[channel]);
      }
      for (let channel = 0; channel < 3; channel++) printed[at + channel] = Math.round(light[channel]);
    }
  }
  return { data: printed, width, height };
}

/** How much of a pixel is inked: none of it at no coverage, all of it at full coverage. */
function inked(coverage: number, threshold: number): number {
  const covered = (coverage - threshold) * edge + coverage;
  return Math.min(1, Math.max(0, covered));
}

/** Steps of a cell's side in the table of a screen. */
const steps = 64;

type Screen = { at(x: number, y: number): number };

/** The coverage from which on a place is inked, along a screen that is turned by `angle`. */
function screenOf(angle: number, cell: number): Screen {
  const turn = (angle * Math.PI) / 180;
  const [across, down] = [(Math.cos(turn) / cell) * steps, (Math.sin(turn) / cell) * steps];
  return {
    at(x, y) {
      const u = Math.floor(x * across + y * down) & (steps - 1);
      const v = Math.floor(y * across - x * down) & (steps - 1);
      return cellThresholds[v * steps + u];
    },
  };
}

/** A cell grows from a dot in its middle: its places ranked by their height in two crossed waves. */
const cellThresholds = rankedCell();

function rankedCell(): Float32Array {
  const heights = Array.from({ length: steps * steps }, (_, i) => {
    const [u, v] = [i % steps, Math.floor(i / steps)];
    return Math.cos((2 * Math.PI * (u + 0.5)) / steps) + Math.cos((2 * Math.PI * (v + 0.5)) / steps);
  });
  const order = heights.map((_, i) => i).sort((a, b) => heights[b] - heights[a] || a - b);
  const ranks = new Float32Array(order.length);
  order.forEach((place, rank) => (ranks[place] = (rank + 0.5) / order.length));
  return ranks;
}
