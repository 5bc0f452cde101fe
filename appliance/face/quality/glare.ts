import type { Colour } from '../colours.js';
import { bareSkin } from './skin.js';

/**
 * A bleached pixel is brighter than `level` in all three channels, and this fraction of white lies over the darkest
 * skin as well: fair skin on an overexposed print is bright everywhere.
 */
const bleached = { level: 205, white: 0.2 };
/** The quantile taken as bare skin: the second darkest point, since streaks may cover most of the skin. */
const darkest = 0.06;
/** At least a quarter of the skin is assumed to be free of reflections: quantiles of its own white and colour. */
const ownWhite = 0.25;
const ownColour = 0.75;
/** Slightly above the highest level, to avoid a division by zero. */
const white = 260;
/**
 * Skin is under a reflection if this fraction of white lies over it and it keeps less than this fraction of its
 * saturation.
 */
const faded = { white: 0.4, colour: 0.6 };
/** Skin with less saturation is a grey picture's. */
const leastColour = 0.1;

/**
 * The fraction of a face under a reflection, 0 to 1. A reflection adds white: skin is bleached, or brighter and paler
 * than the rest, while more light alone would keep its colour. In a grey picture only bleached skin is detected.
 *
 * Set on the people in `setting` of `models/gate/people.ts`: unchanged, 24 of 25 stay under 0.08; printed and
 * scanned, all stay under 0.18; under three streaks of 0.85 of white, 65 of 68 that still show a face have more than
 * 0.21.
 */
export function glareOn(face: readonly Colour[]): number {
  const skin = bareSkin.map((index) => face[index]);
  const own = {
    darkest: quantile(skin.map(lowestChannel), darkest),
    white: quantile(skin.map(lowestChannel), ownWhite),
    colour: quantile(skin.map(saturation), ownColour),
  };
  const pale = (colour: Colour) =>
    own.colour > leastColour &&
    lowestChannel(colour) - own.white > faded.white * (white - own.white) &&
    saturation(colour) < faded.colour * own.colour;
  const bright = Math.max(bleached.level, own.darkest + bleached.white * (white - own.darkest));
  return face.filter((colour) => lowestChannel(colour) > bright || pale(colour)).length / face.length;
}

function lowestChannel({ red, green, blue }: Colour): number {
  return Math.min(red, green, blue);
}

/** The saturation in HSV, 0 to 1. */
function saturation(colour: Colour): number {
  return 1 - lowestChannel(colour) / (Math.max(colour.red, colour.green, colour.blue) + 1);
}

function quantile(values: readonly number[], fraction: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * fraction)];
}
