import type { Sharp } from 'sharp';

import { closeUp } from '../../appliance/face/close-up.js';
import { type Colour, coloursOf, lumaOf, pixelAt } from '../../appliance/face/colours.js';
import type { Face } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { asSharp, drawnOn } from './canvas.js';

export type Half = 'left' | 'right';

/**
 * Side light: one half of the face (the darker one by default) keeps the fraction `rest` of its light, with a
 * soft edge around the ridge of the nose.
 */
export function withSideLight(
  picture: RgbImage,
  { mesh: { points } }: Face,
  rest: number,
  half?: Half,
): Sharp {
  const [left, right] = [50, 280].map((index) => lumaOf(pixelAt(picture, points[index])));
  const shaded = half ?? (left > right ? 'right' : 'left');
  const edge = 0.2 * (points[454].x - points[234].x) * (shaded === 'right' ? 1 : -1);
  const ridge = (points[6].x + points[4].x) / 2;
  return drawnOn(
    picture,
    `<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="${ridge - edge}" y1="0" x2="${ridge + edge}" y2="0">
       <stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity="${1 - rest}"/></linearGradient>
     <rect width="100%" height="100%" fill="url(#g)"/>`,
  );
}

/** Scales the light so that the face has this mean luma, 0 to 255. */
export async function withLuma(picture: RgbImage, face: Face, luma: number): Promise<Sharp> {
  const lumas = (await coloursIn(picture, face)).map(lumaOf);
  return asSharp(picture).linear((luma * lumas.length) / lumas.reduce((sum, of) => sum + of, 1), 0);
}

/** Scales the light so that this fraction of the face is burnt out. */
export async function burntOut(picture: RgbImage, face: Face, part: number): Promise<Sharp> {
  const levels = (await coloursIn(picture, face)).map(({ red, green, blue }) => Math.min(red, green, blue));
  const last = levels.toSorted((one, other) => other - one)[Math.floor(part * (levels.length - 1))];
  return asSharp(picture).linear(255 / Math.max(last, 1), 0);
}

async function coloursIn(picture: RgbImage, { mesh }: Face): Promise<Colour[]> {
  return coloursOf(await closeUp(picture, mesh), mesh);
}
