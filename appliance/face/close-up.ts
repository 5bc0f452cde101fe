import { boundsOf, middleOf, squareAbout } from './box.js';
import type { RgbImage } from './image.js';
import type { FaceMesh } from './mesh.js';
import { cut, type Patch } from './patch.js';

/** Pixels across a face: fine enough for lips and lashes, coarse enough to even out a sensor's noise. */
const detail = 64;
/** Room about the outermost points of the mesh. */
const room = 1.1;

/** A face by itself, at most 64 pixels high and wide: what light, colours and sharpness are read from. */
export function closeUp(picture: RgbImage, { points }: FaceMesh): Promise<Patch> {
  const bounds = boundsOf(points);
  const square = squareAbout(middleOf(bounds), Math.max(bounds.width, bounds.height) * room);
  return cut(picture, square, detail);
}
