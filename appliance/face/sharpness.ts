import { apply, invert } from './affine.js';
import { lumaOf, pixelAt } from './colours.js';
import type { FaceMesh } from './mesh.js';
import type { Patch } from './patch.js';

/** The standard deviation of luma below which there is only noise. */
const leastContrast = 2;

/**
 * The sharpness of a face in its close-up: the standard deviation of the luma's second difference at the points of
 * the mesh, relative to that of the luma itself. The direction with the lower value counts, since motion blurs in one
 * direction only. Clear portraits reach 0.3 and more.
 */
export function sharpnessOf({ image, toPicture }: Patch, { points }: FaceMesh): number {
  const toImage = invert(toPicture);
  const positions = points.map((point) => apply(toImage, point));
  const luma = (x: number, y: number) => lumaOf(pixelAt(image, { x, y }));
  const along = positions.map(({ x, y }) => luma(x - 1, y) + luma(x + 1, y) - 2 * luma(x, y));
  const across = positions.map(({ x, y }) => luma(x, y - 1) + luma(x, y + 1) - 2 * luma(x, y));
  const contrast = deviation(positions.map(({ x, y }) => luma(x, y)));
  return Math.min(deviation(along), deviation(across)) / Math.max(contrast, leastContrast);
}

function deviation(values: readonly number[]): number {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
}
