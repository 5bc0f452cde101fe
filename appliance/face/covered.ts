import { type Colour, lumaOf } from './colours.js';

/** Where skin can be seen above a mask: forehead, bridge of the nose, below the eyes. */
const above = [9, 151, 107, 336, 117, 346, 50, 280, 168, 6, 101, 330];
const lips = [0, 17, 13, 14, 37, 267, 84, 314, 61, 291, 78, 308, 40, 270, 91, 321];
/** Around the lips: the groove above them, the corners, the chin. */
const aroundLips = [164, 18, 200, 199, 175, 92, 322, 186, 410, 57, 287, 43, 273, 106, 335, 204, 424];
const jaw = [205, 425, 207, 427, 214, 434, 135, 364, 169, 394, 136, 365, 210, 430];

/**
 * How much speaks for something before the mouth, as log odds: above 0 it is likelier than not. Five signs are
 * weighed: the mesh doubts that it sees a face; around the mouth there is less red, and more blue, than above;
 * the lips are no redder than what surrounds them; and there is little light and shade to be seen there.
 *
 * The weights are a logistic regression on the 130 faces of the pictures in the packages face-api and human,
 * each as it is, with drawn beards, and with masks drawn in seven colours, over the nose and under it.
 */
export function coveredMouth(face: readonly Colour[], presence: number): number {
  const around = [...lips, ...aroundLips];
  const red = (indices: readonly number[]) =>
    mean(indices, (i) => Math.log((face[i].red + 4) / (face[i].green + 4)));
  const blue = (indices: readonly number[]) =>
    mean(indices, (i) => Math.log((face[i].blue + 4) / (face[i].green + 4)));
  const luma = (i: number) => Math.log(lumaOf(face[i]) + 4);
  const middle = mean(around, luma);
  const texture = Math.sqrt(mean(around, (i) => (luma(i) - middle) ** 2));
  return (
    -1.7 -
    3 * presence +
    4.2 * (red(above) - red(aroundLips)) +
    6.4 * (blue(aroundLips) - blue(above)) -
    24.6 * (red(lips) - red([...aroundLips, ...jaw])) -
    2.1 * Math.log(texture + 0.01)
  );
}

function mean(indices: readonly number[], of: (index: number) => number): number {
  return indices.reduce((sum, index) => sum + of(index), 0) / indices.length;
}
