import { boundsOf, centreOf, squareAround } from './box.js';
import type { RgbImage } from './image.js';
import type { FaceMesh } from './mesh.js';
import { crop, type Patch } from './patch.js';

/** In pixels: fine enough for lips and lashes, coarse enough to average out sensor noise. */
const detail = 64;
/** Margin around the mesh, as a factor. */
const room = 1.1;

/** Crops a face to at most 64 × 64 pixels: the input of the measures of light, colour and sharpness. */
export function closeUp(picture: RgbImage, { points }: FaceMesh): Promise<Patch> {
  const bounds = boundsOf(points);
  const square = squareAround(centreOf(bounds), Math.max(bounds.width, bounds.height) * room);
  return crop(picture, square, detail);
}
