import sharp, { type Sharp } from 'sharp';

import type { FaceMesh } from '../../appliance/face/mesh.js';
import type { Point, RgbImage } from '../../appliance/face/image.js';

export function asSharp({ data, width, height }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Draws SVG over a picture, in the picture's pixels. */
export function drawnOn(picture: RgbImage, svg: string): Sharp {
  const { width, height } = picture;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`;
  return asSharp(picture).composite([{ input: Buffer.from(drawing) }]);
}

export async function imageOf(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** A closed outline through points of the mesh, as SVG path data. */
export function outline({ points }: FaceMesh, indices: readonly number[]): string {
  return `M${corners(indices.map((index) => points[index]))}Z `;
}

export function corners(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
}
