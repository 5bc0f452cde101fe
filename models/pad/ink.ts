import type { Chance } from '../chance.js';
import type { Material } from './render.js';

export type Ink = NonNullable<Material['ink']>;

/** A printed photo: less contrast than the original, and a tint. */
export function printInk(chance: Chance): Ink {
  const contrast = chance.between(0.72, 0.92);
  const tint = [0, 1, 2].map(() => chance.between(4, 16));
  return (colour) => {
    for (let c = 0; c < 3; c++) colour[c] = colour[c] * contrast + tint[c] + 6;
  };
}
