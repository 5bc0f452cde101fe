import type { Colour } from '../colours.js';
import { bareSkin } from './skin.js';

/**
 * Skin that bright in all three channels is none to be seen, in colour or in grey, where this part of white lies over
 * the darkest of it as well: fair skin on an overexposed print is as bright all over.
 */
const bleached = { level: 205, white: 0.2 };
/** A streak or two may lie over most of the skin: the second darkest of its points is taken to be bare. */
const darkest = 0.06;
/** A quarter of the skin at least is taken to be without a reflection: its own white and its own colour. */
const ownWhite = 0.25;
const ownColour = 0.75;
/** White is no more than this, a little over the highest level so that nothing is divided by nothing. */
const white = 260;
/** With this part of white over it, and this part of its colourfulness left, skin lies under a reflection. */
const faded = { white: 0.4, colour: 0.6 };
/** Less colourful skin than this is a grey picture's. */
const leastColour = 0.1;

/**
 * The part of a face that a reflection lies over, 0 to 1. A reflection adds white: skin is bleached, or has grown
 * brighter and paler than the rest of it, where more light alone would leave its colour. In a grey picture only what
 * is bleached is seen.
 *
 * Set on the people of `setting` in `models/gate/people.ts`: as they are 24 of 25 stay under 0.08, printed and scanned
 * all under 0.18, and under three streaks of 0.85 of white 65 of 68 that still show a face have more than 0.21.
 */
export function glareOn(face: readonly Colour[]): number {
  const skin = bareSkin.map((index) => face[index]);
  const own = {
    darkest: quantile(skin.map(least), darkest),
    white: quantile(skin.map(least), ownWhite),
    colour: quantile(skin.map(colourful), ownColour),
  };
  const pale = (colour: Colour) =>
    own.colour > leastColour &&
    least(colour) - own.white > faded.white * (white - own.white) &&
    colourful(colour) < faded.colour * own.colour;
  const bright = Math.max(bleached.level, own.darkest + bleached.white * (white - own.darkest));
  return face.filter((colour) => least(colour) > bright || pale(colour)).length / face.length;
}

function least({ red, green, blue }: Colour): number {
  return Math.min(red, green, blue);
}

/** The saturation of the HSV colours, 0 to 1. */
function colourful(colour: Colour): number {
  return 1 - least(colour) / (Math.max(colour.red, colour.green, colour.blue) + 1);
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * part)];
}
