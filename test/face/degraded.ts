import type { Sharp } from 'sharp';

import { pixelAt } from '../../appliance/face/colours.js';
import type { Face } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { eyeDistance, eyeCentres } from '../../appliance/face/quality/landmarks.js';
import { asSharp, corners, drawnOn } from '../../models/gate/canvas.js';

const upperLids = [
  [33, 246, 161, 160, 159, 158, 157, 173, 133],
  [362, 398, 384, 385, 386, 387, 388, 466, 263],
];
const lowerLids = [
  [33, 7, 163, 144, 145, 153, 154, 155, 133],
  [362, 382, 381, 380, 374, 373, 390, 249, 263],
];

/** The upper lids drawn down over this part of the eyes, in the skin's colour and with lashes. */
export function withLids(picture: RgbImage, { mesh }: Face, down: number): Sharp {
  const { points } = mesh;
  const lids = upperLids.map((upper, eye) => {
    const height = Math.abs(points[upper[4]].y - points[lowerLids[eye][4]].y);
    const { red, green, blue } = pixelAt(picture, points[[27, 257][eye]]);
    const edge = lowerLids[eye].map((low, i) => ({
      x: points[low].x * down + points[upper[i]].x * (1 - down),
      y: points[low].y * down + points[upper[i]].y * (1 - down),
    }));
    const above = upper.map((index) => ({ x: points[index].x, y: points[index].y - 0.35 * height }));
    return `<path d="M${corners(above)}L${corners(edge.toReversed())}Z" fill="rgb(${red},${green},${blue})"/>
      <path d="M${corners(edge)}" fill="none" stroke="#2a1d18" stroke-width="${height * 0.18}"/>`;
  });
  return drawnOn(picture, lids.join(''));
}

/** The jaw lowered by this part of the eyes' distance, and the dark of the mouth in the gap. */
export async function withOpenMouth(picture: RgbImage, { mesh }: Face, open: number): Promise<Sharp> {
  const { width, height } = picture;
  const { x, y } = mesh.points[13];
  const [lips, gap] = [Math.round(y), Math.round(open * eyeDistance(mesh))];
  if (gap === 0) return asSharp(picture);
  const band = (top: number, rows: number) => asSharp(picture).extract({ left: 0, top, width, height: rows });
  const between = await band(lips - 2, 4)
    .resize(width, gap + 4, { fit: 'fill' })
    .png()
    .toBuffer();
  const below = await band(lips + 2, height - lips - 2 - gap)
    .png()
    .toBuffer();
  const stretched = await asSharp(picture)
    .composite([
      { input: between, left: 0, top: lips - 2 },
      { input: below, left: 0, top: lips + 2 + gap },
    ])
    .removeAlpha()
    .raw()
    .toBuffer();
  const [rx, ry] = [0.26 * eyeDistance(mesh), gap / 2];
  return drawnOn(
    { data: stretched, width, height },
    `<ellipse cx="${x}" cy="${lips + ry}" rx="${rx}" ry="${ry}" fill="#2a1010"/>`,
  );
}

/** A cap drawn down over this part of the way from the hair to the brows. */
export function withCap(picture: RgbImage, { mesh }: Face, down: number): Sharp {
  const { points } = mesh;
  const [left, right, top, brow] = [127, 356, 10, 9].map((index) => points[index]);
  const low = top.y + (brow.y - top.y) * down;
  return drawnOn(
    picture,
    `<path d="M${left.x} ${low} L${left.x} 0 L${right.x} 0 L${right.x} ${low} Z" fill="#2f6fd0"/>`,
  );
}

/** A flat wall beside the head with stripes on it, so much lighter than the wall, 0 to 1. */
export function withStripes(picture: RgbImage, { mesh }: Face, strength: number): Sharp {
  const unit = eyeDistance(mesh);
  const [left, right] = eyeCentres(mesh);
  const edges = { left: (left.x + right.x) / 2 - 1.4 * unit, right: (left.x + right.x) / 2 + 1.4 * unit };
  const wall = (from: number, to: number, fill: string) =>
    `<rect x="${from}" y="0" width="${Math.max(to - from, 0)}" height="${picture.height}" fill="${fill}"/>`;
  const stripes = Array.from({ length: 60 }, (_, i) => i * unit * 0.2)
    .flatMap((x) => [
      x < edges.left ? wall(x, Math.min(x + 0.1 * unit, edges.left), 'white') : '',
      wall(edges.right + x, edges.right + x + 0.1 * unit, 'white'),
    ])
    .join('');
  return drawnOn(
    picture,
    `${wall(0, edges.left, '#707070')}${wall(edges.right, picture.width, '#707070')}
     <g opacity="${strength}">${stripes}</g>`,
  );
}
