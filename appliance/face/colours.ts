import { apply, invert } from './affine.js';
import type { Point, RgbImage } from './image.js';
import type { FaceMesh } from './mesh.js';
import type { Patch } from './patch.js';

/** A colour, each channel 0 to 255. */
export type Colour = { readonly red: number; readonly green: number; readonly blue: number };

/** The colours of a face at each point of its mesh. */
export function coloursOf({ image, toPicture }: Patch, { points }: FaceMesh): Colour[] {
  const toImage = invert(toPicture);
  return points.map((point) => pixelAt(image, apply(toImage, point)));
}

/** The pixel at a point, or the nearest one inside the picture. */
export function pixelAt({ data, width, height }: RgbImage, { x, y }: Point): Colour {
  const column = Math.min(Math.max(Math.floor(x), 0), width - 1);
  const row = Math.min(Math.max(Math.floor(y), 0), height - 1);
  const at = (row * width + column) * 3;
  return { red: data[at], green: data[at + 1], blue: data[at + 2] };
}

/** The luma of ITU-R BT.601, 0 to 255. */
export function lumaOf({ red, green, blue }: Colour): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
