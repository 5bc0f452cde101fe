import type { RgbImage } from '../../../appliance/face/image.js';
import { seededRandom } from '../../../models/random.js';

/** A wave over the whole picture. */
export type Wave = {
  /** As a fraction of the light. */
  readonly contrast: number;
  /** Period in pixels, across and down; Infinity for none. */
  readonly across: number;
  readonly down: number;
  /** Whether red, green and blue are a third of a period apart, as a screen's stripes are. */
  readonly coloured: boolean;
};

export const none: Wave = { contrast: 0, across: Infinity, down: Infinity, coloured: false };

/** Skin: gradients of light and redness with a red mouth, sensor noise of standard deviation 2, and a wave. */
export function skin({ contrast, across, down, coloured }: Wave, seed: number): RgbImage {
  const random = seededRandom(seed);
  const [width, height] = [320, 320];
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 150 + 40 * Math.sin(x / 40) + 30 * Math.cos((y * x) / 9000);
      const mouth = Math.hypot((x - 160) / 35, (y - 215) / 12) < 1 ? 60 : 0;
      const tint = [1.15 + 0.05 * Math.sin(y / 17), 0.9, 0.8];
      for (let c = 0; c < 3; c++, i++) {
        const phase = 2 * Math.PI * (x / across + y / down - (coloured ? c / 3 : 0));
        const colour = (light * tint[c] - (c > 0 ? mouth : 0)) * (1 + contrast * Math.cos(phase));
        data[i] = colour + random.between(-3.5, 3.5);
      }
    }
  }
  return { data: new Uint8Array(data), width, height };
}

/** The 468 points of a mesh on it; only those that mark the examined skin differ. */
export const points = Array.from({ length: 468 }, (_, i) => ({
  x: { 205: 100, 425: 220 }[i] ?? 160,
  y: { 151: 70, 205: 190, 425: 190, 199: 260 }[i] ?? 160,
}));
