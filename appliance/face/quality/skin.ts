import { type Colour, lumaOf } from '../colours.js';

/** Where skin is seen on nearly every face: forehead, bridge of the nose, cheeks. */
export const bareSkin = [
  9, 151, 108, 337, 69, 299, 6, 197, 195, 50, 280, 205, 425, 101, 330, 118, 347, 36, 266,
];

/**
 * A colour by logarithms, so that a lamp which is twice as bright, or redder, moves all of a face alike: its luma,
 * and its red and its blue as ratios to its green.
 */
export type Tone = { readonly luma: number; readonly red: number; readonly blue: number };

/** A face at the points of its mesh, each by how far it is from the median of this person's skin. */
export type Skin = readonly Tone[];

export function skinOf(colours: readonly Colour[]): Skin {
  const face = colours.map(toneOf);
  const seen = bareSkin.map((index) => face[index]);
  const own = {
    luma: median(seen.map(({ luma }) => luma)),
    red: median(seen.map(({ red }) => red)),
    blue: median(seen.map(({ blue }) => blue)),
  };
  return face.map(({ luma, red, blue }) => ({
    luma: luma - own.luma,
    red: red - own.red,
    blue: blue - own.blue,
  }));
}

/** Near black the ratio of two small numbers says nothing, hence a few levels more of each. */
function toneOf(colour: Colour): Tone {
  const { red, green, blue } = colour;
  return {
    luma: Math.log(lumaOf(colour) + 4),
    red: Math.log((red + 8) / (green + 8)),
    blue: Math.log((blue + 8) / (green + 8)),
  };
}

/**
 * Light and shade change how bright skin is more than its colour, so a step of luma counts half; at `unlike` a
 * point is no skin of this person's. Set on the faces of the packages face-api and human, bare and with drawn dark
 * glasses: about the eyes 0.15 of the bare ones' points are beyond it in the median, and 1 of the others'.
 */
const shade = 0.5;
const unlike = 0.4;

/** The part of some points of the mesh that have not the colour of this person's skin, 0 to 1. */
export function unlikeSkin(skin: Skin, indices: readonly number[]): number {
  const other = indices.filter((index) => {
    const { luma, red, blue } = skin[index];
    return Math.hypot(shade * luma, red, blue) > unlike;
  });
  return other.length / indices.length;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
}
