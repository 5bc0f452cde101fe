import type { RgbImage } from '../../appliance/face/image.js';

/** An ink: the fractions of red, green and blue light it transmits, and its screen angle in degrees. */
type Ink = { readonly lets: readonly [number, number, number]; readonly angle: number };

/** Cyan, magenta and yellow, one for each channel, at the usual angles that minimise moiré. */
const processInks: readonly Ink[] = [
  { lets: [0.12, 0.88, 0.96], angle: 15 },
  { lets: [0.93, 0.14, 0.82], angle: 75 },
  { lets: [0.98, 0.95, 0.15], angle: 0 },
];
const black: Ink = { lets: [0.13, 0.13, 0.13], angle: 45 };

/** Screen ruling in lines per inch: usual for offset print and laser printers. */
const ruling = 133;
/** The slope of a dot's edge from paper to ink; antialiases the raster. */
const edge = 4;

/**
 * Halftones a picture: each ink on its own screen with dot size by tone (amplitude modulation, ISO 12647-1),
 * inks overprinted.
 *
 * @param resolution of the picture, in dots per inch; dots are recognisable from four pixels per screen line
 * @param paper the light that bare paper reflects, 0 to 255 for each channel
 * @param grey prints in black ink only, from the picture's first channel
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

/** The inked fraction of a pixel: 0 at no coverage, 1 at full coverage. */
function inked(coverage: number, threshold: number): number {
  const covered = (coverage - threshold) * edge + coverage;
  return Math.min(1, Math.max(0, covered));
}

/** The number of steps along a cell's side in the threshold table. */
const steps = 64;

type Screen = { at(x: number, y: number): number };

/** The coverage at which a point becomes inked, on a screen rotated by `angle`. */
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

/**
 * Thresholds of a cell whose dot grows from the middle: points ranked by the height of two crossed cosine
 * waves.
 */
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
