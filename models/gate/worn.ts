import type { Sharp } from 'sharp';

import type { Face } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { eyeDistance, eyeCentres } from '../../appliance/face/quality/landmarks.js';
import { drawnOn } from './canvas.js';

/** Draws dark glasses of this opacity over both eyes. */
export function withGlasses(picture: RgbImage, { mesh }: Face, opacity: number, colour = '#101012'): Sharp {
  const unit = eyeDistance(mesh);
  const glasses = eyeCentres(mesh).map(
    ({ x, y }) =>
      `<ellipse cx="${x}" cy="${y + 0.06 * unit}" rx="${0.4 * unit}" ry="${0.3 * unit}" fill="${colour}" fill-opacity="${opacity}"/>`,
  );
  return drawnOn(picture, glasses.join(''));
}

/** Draws clear glasses in a dark frame. */
export function withClearGlasses(picture: RgbImage, { mesh }: Face): Sharp {
  const unit = eyeDistance(mesh);
  const [left, right] = eyeCentres(mesh);
  const rims = [left, right].map(
    ({ x, y }) => `<ellipse cx="${x}" cy="${y + 0.05 * unit}" rx="${0.36 * unit}" ry="${0.26 * unit}"/>`,
  );
  return drawnOn(
    picture,
    `<g fill="#fff" fill-opacity="0.06" stroke="#1c1a1a" stroke-width="${0.05 * unit}">${rims.join('')}
       <path d="M${left.x + 0.36 * unit} ${left.y}L${right.x - 0.36 * unit} ${right.y}"/></g>`,
  );
}

/** Covers this fraction of the face from below in one colour, like a hand. */
export function withHand(picture: RgbImage, { mesh }: Face, over: number): Sharp {
  const { points } = mesh;
  const top = points[152].y - (points[152].y - points[10].y) * over;
  return drawnOn(picture, `<rect x="0" y="${top}" width="100%" height="100%" fill="#39704a"/>`);
}
