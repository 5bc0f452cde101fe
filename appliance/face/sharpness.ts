import { apply, invert } from './affine.js';
import { lumaOf, pixelOf } from './colours.js';
import type { FaceMesh } from './mesh.js';
import type { Patch } from './patch.js';

/** The least spread of luma that is taken for a picture and not for noise. */
const leastContrast = 2;

/**
 * How sharp a face is in its close-up: how much the luma bends from pixel to pixel (the spread of its second
 * difference) at the points of the mesh, in the direction in which it is less, since a hand or a head that moves
 * blurs in one direction only; over the spread of the luma itself. Clear portraits reach 0.3 and more.
 */
export function sharpnessOf({ image, toPicture }: Patch, { points }: FaceMesh): number {
  const toImage = invert(toPicture);
  const places = points.map((point) => apply(toImage, point));
  const luma = (x: number, y: number) => lumaOf(pixelOf(image, { x, y }));
  const along = places.map(({ x, y }) => luma(x - 1, y) + luma(x + 1, y) - 2 * luma(x, y));
  const across = places.map(({ x, y }) => luma(x, y - 1) + luma(x, y + 1) - 2 * luma(x, y));
  const contrast = spread(places.map(({ x, y }) => luma(x, y)));
  return Math.min(spread(along), spread(across)) / Math.max(contrast, leastContrast);
}

function spread(values: readonly number[]): number {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
}
