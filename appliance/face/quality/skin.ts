import type { Colour } from '../colours.js';
import { type Lab, labOf } from './lab.js';

/** Where skin is seen on nearly every face: forehead, bridge of the nose, cheeks. */
const bare = [9, 151, 108, 337, 69, 299, 6, 197, 195, 50, 280, 205, 425, 101, 330, 118, 347, 36, 266];

/**
 * Light and shade change how light skin is far more than its hue: a step of lightness counts this much of one
 * of hue.
 */
const shade = 0.4;
/** From here on a colour is not this person's skin; set on the faces of the packages face-api and human. */
const unlike = 12;

/** A face in CIELAB at the points of its mesh, and the median colour of its skin. */
export type Skin = { readonly face: readonly Lab[]; readonly tone: Lab };

export function skinOf(colours: readonly Colour[]): Skin {
  const face = colours.map(labOf);
  const seen = bare.map((index) => face[index]);
  return {
    face,
    tone: {
      l: median(seen.map(({ l }) => l)),
      a: median(seen.map(({ a }) => a)),
      b: median(seen.map(({ b }) => b)),
    },
  };
}

/** The part of some points of the mesh that are not of the colour of this person's skin, 0 to 1. */
export function unlikeSkin({ face, tone }: Skin, indices: readonly number[]): number {
  const other = indices.filter((index) => {
    const { l, a, b } = face[index];
    return Math.hypot(shade * (l - tone.l), a - tone.a, b - tone.b) > unlike;
  });
  return other.length / indices.length;
}

function median(values: number[]): number {
  const sorted = values.sort((one, other) => one - other);
  return sorted[sorted.length >> 1];
}
