import type { Random } from '../random.js';
import type { Material } from './render.js';

export type Ink = NonNullable<Material['ink']>;

/** A printed photo: less contrast than the original, and a tint. */
export function printInk(random: Random): Ink {
  const contrast = random.between(0.72, 0.92);
  const tint = [0, 1, 2].map(() => random.between(4, 16));
  return (colour) => {
    for (let c = 0; c < 3; c++) colour[c] = colour[c] * contrast + tint[c] + 6;
  };
}
