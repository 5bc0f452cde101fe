import { type Colour, lumaOf } from './colours.js';

/** Where skin can be seen above a mask: forehead, bridge of the nose, below the eyes. */
const above = [9, 151, 107, 336, 117, 346, 50, 280, 168, 6, 101, 330];
const lips = [0, 17, 13, 14, 37, 267, 84, 314, 61, 291, 78, 308, 40, 270, 91, 321];
/** Around the lips: the groove above them, the corners, the chin. */
const aroundLips = [164, 18, 200, 199, 175, 92, 322, 186, 410, 57, 287, 43, 273, 106, 335, 204, 424];
const mouth = [...lips, ...aroundLips];
const jaw = [205, 425, 207, 427, 214, 434, 135, 364, 169, 394, 136, 365, 210, 430];

/**
 * How much speaks for something before the mouth, as log odds: above 0 it is likelier than not.
 *
 * @param presence how sure the mesh is that it sees a face
 * @param grey whether the picture has no colours
 */
export function coveredMouth(face: readonly Colour[], presence: number, grey: boolean): number {
  return grey ? coveredInGrey(face, presence) : coveredInColour(face, presence);
}

/**
 * Five signs are weighed: the mesh doubts that it sees a face; around the mouth there is less red, and more blue,
 * than above; the lips are no redder than what surrounds them; and there is little light and shade to be seen there.
 *
 * The weights are a logistic regression on the 130 faces of the pictures in the packages face-api and human,
 * each as it is, with drawn beards, and with masks drawn in seven colours, over the nose and under it.
 */
function coveredInColour(face: readonly Colour[], presence: number): number {
  const red = (indices: readonly number[]) =>
    mean(indices, (i) => Math.log((face[i].red + 4) / (face[i].green + 4)));
  const blue = (indices: readonly number[]) =>
    mean(indices, (i) => Math.log((face[i].blue + 4) / (face[i].green + 4)));
  return (
    -1.7 -
    3 * presence +
    4.2 * (red(above) - red(aroundLips)) +
    6.4 * (blue(aroundLips) - blue(above)) -
    24.6 * (red(lips) - red([...aroundLips, ...jaw])) -
    2.1 * textureOf(face, mouth)
  );
}

/**
 * Without colours: the mesh doubts; there is little light and shade about the mouth, though there is above; and the
 * lips are no darker than what surrounds them. A logistic regression on 29 of those faces made grey, as they are, with
 * drawn beards, and with masks drawn in four colours; of 40 grey faces of other people it took none for covered, and 152
 * of 158 with such masks.
 */
function coveredInGrey(face: readonly Colour[], presence: number): number {
  const luma = logLuma(face);
  return (
    2.94 -
    6.8 * presence -
    3.25 * textureOf(face, mouth) +
    1.44 * textureOf(face, above) -
    1.17 * (mean(aroundLips, luma) - mean(lips, luma))
  );
}

function logLuma(face: readonly Colour[]): (index: number) => number {
  return (index) => Math.log(lumaOf(face[index]) + 4);
}

/** The logarithm of how far light and shade differ over some points of the mesh. */
function textureOf(face: readonly Colour[], indices: readonly number[]): number {
  const luma = logLuma(face);
  const middle = mean(indices, luma);
  return Math.log(Math.sqrt(mean(indices, (index) => (luma(index) - middle) ** 2)) + 0.01);
}

function mean(indices: readonly number[], of: (index: number) => number): number {
  return indices.reduce((sum, index) => sum + of(index), 0) / indices.length;
}
