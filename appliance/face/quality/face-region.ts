import { apply, invert } from '../affine.js';
import type { Colour } from '../colours.js';
import type { Point, RgbImage } from '../image.js';
import type { FaceMesh } from '../mesh.js';
import type { Patch } from '../patch.js';

/** Mesh points of the face's outline, clockwise from the middle of the forehead. */
const outline = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/** The pixels inside the face's outline, or the whole patch if it contains none. */
export function faceRegion({ image, toPicture }: Patch, { points }: FaceMesh): Colour[] {
  const toImage = invert(toPicture);
  const corners = outline.map((index) => apply(toImage, points[index]));
  const colours: Colour[] = [];
  for (let row = 0; row < image.height; row++) {
    for (const [from, to] of crossings(corners, row + 0.5)) colours.push(...pixels(image, row, from, to));
  }
  return colours.length > 0 ? colours : allPixels(image);
}

function allPixels(image: RgbImage): Colour[] {
  return Array.from({ length: image.height }, (_, row) => pixels(image, row, 0, image.width)).flat();
}

/** The intervals of a horizontal line inside a polygon. */
function crossings(corners: readonly Point[], y: number): (readonly [from: number, to: number])[] {
  const at = corners
    .flatMap((corner, i) => {
      const next = corners[(i + 1) % corners.length];
      if (corner.y <= y === next.y <= y) return [];
      return [corner.x + ((y - corner.y) / (next.y - corner.y)) * (next.x - corner.x)];
    })
    .sort((one, other) => one - other);
  return Array.from({ length: at.length >> 1 }, (_, i) => [at[2 * i], at[2 * i + 1]] as const);
}

/** The pixels of a row whose centres are in an interval. */
function pixels({ data, width }: RgbImage, row: number, from: number, to: number): Colour[] {
  const colours: Colour[] = [];
  const last = Math.min(Math.floor(to - 0.5), width - 1);
  for (let column = Math.max(Math.ceil(from - 0.5), 0); column <= last; column++) {
    const at = (row * width + column) * 3;
    colours.push({ red: data[at], green: data[at + 1], blue: data[at + 2] });
  }
  return colours;
}
