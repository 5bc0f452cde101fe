import { type Colour, lumaOf } from '../colours.js';

/** Mesh points of skin that is visible on nearly every face: forehead, bridge of the nose, cheeks. */
export const bareSkin = [
  9, 151, 108, 337, 69, 299, 6, 197, 195, 50, 280, 205, 425, 101, 330, 118, 347, 36, 266,
];

/**
 * A colour in logarithms, so that a brighter or redder lamp shifts the whole face alike: luma, and red and blue
 * relative to green.
 */
export type Tone = { readonly luma: number; readonly red: number; readonly blue: number };

/** The tone at each mesh point, relative to the median of this person's skin. */
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

/** The offsets keep the ratios of small numbers, near black, from dominating. */
function toneOf(colour: Colour): Tone {
  const { red, green, blue } = colour;
  return {
    luma: Math.log(lumaOf(colour) + 4),
    red: Math.log((red + 8) / (green + 8)),
    blue: Math.log((blue + 8) / (green + 8)),
  };
}

/**
 * Light and shade change the brightness of skin more than its colour, so luma counts half. A point further than
 * `unlike` from the median is not this person's skin. Set on the faces of the packages face-api and human, bare and
 * with drawn dark glasses: around the eyes a median of 0.15 of the points is further for bare faces, and 1 for the
 * others.
 */
const lumaWeight = 0.5;
const skinRadius = 0.4;

/** The fraction of mesh points that differ from this person's skin colour, 0 to 1. */
export function nonSkinFraction(skin: Skin, indices: readonly number[]): number {
  const other = indices.filter((index) => {
    const { luma, red, blue } = skin[index];
    return Math.hypot(lumaWeight * luma, red, blue) > skinRadius;
  });
  return other.length / indices.length;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
}
