/** In millimetres from the card's top left corner. */
type Point = { readonly x: number; readonly y: number };

/** sRGB, 0 to 255. */
type Colour = { readonly red: number; readonly green: number; readonly blue: number };

/**
 * The layout of the test card, in millimetres from its top left corner. It fits on the smallest known scanner
 * glass, A6.
 */
export const card = { width: 96, height: 136 };

/** Black squares with a white centre, by which the card is found: the corners of an upright rectangle. */
export const rings: readonly Point[] = [
  { x: 8, y: 8 },
  { x: 88, y: 8 },
  { x: 88, y: 128 },
  { x: 8, y: 128 },
];
export const ring = { side: 8, hole: 4 };

/** The four places for a black dot. Only the first has one, which shows which way up the card lies. */
export const dots: readonly Point[] = [
  { x: 20, y: 8 },
  { x: 76, y: 8 },
  { x: 76, y: 128 },
  { x: 20, y: 128 },
];
export const dot = { side: 5 };

/** A black square for the sharpness measure. Its slant makes each edge cross the pixel rows (ISO 12233). */
export const slanted = { x: 48, y: 40, side: 28, degrees: 5 };

export type Patch = Point & { readonly name: string; readonly colour: Colour };

const colour = (red: number, green: number, blue: number): Colour => ({ red, green, blue });

/**
 * Greys, saturated colours, and colours of skin and cloth, as sRGB: rounded values of the usual 24-patch
 * colour chart.
 */
const colours: readonly (readonly [name: string, colour: Colour])[] = [
  ['white', colour(243, 243, 243)],
  ['grey-1', colour(200, 200, 200)],
  ['grey-2', colour(160, 160, 160)],
  ['grey-3', colour(122, 122, 122)],
  ['grey-4', colour(85, 85, 85)],
  ['black', colour(52, 52, 52)],
  ['blue', colour(56, 61, 150)],
  ['green', colour(70, 148, 73)],
  ['red', colour(175, 54, 60)],
  ['yellow', colour(231, 199, 31)],
  ['magenta', colour(187, 86, 149)],
  ['cyan', colour(8, 133, 161)],
  ['dark-skin', colour(115, 82, 68)],
  ['light-skin', colour(194, 150, 130)],
  ['sky', colour(98, 122, 157)],
  ['orange', colour(214, 126, 44)],
  ['purple', colour(94, 60, 108)],
  ['leaf', colour(157, 188, 64)],
];

export const patch = { side: 12 };
const columns = 6;

export const patches: readonly Patch[] = colours.map(([name, colour], i) => ({
  name,
  colour,
  x: 14.25 + 13.5 * (i % columns),
  y: 76 + 13.5 * Math.floor(i / columns),
}));
