import sharp, { type Sharp } from 'sharp';

import type { Face } from '../../appliance/face/faces.js';
import type { Point, RgbImage } from '../../appliance/face/image.js';

/** Along the mesh: under the eyes and over the bridge of the nose, then round the jaw. */
const brim = [234, 227, 117, 118, 100, 196, 197, 419, 329, 347, 346, 447, 454];
const jaw = [361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132];
/** The lips' outer edge. */
const lips = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146];
/** From ear to ear under the nose. */
const moustache = [234, 137, 205, 203, 164, 423, 425, 366, 454];

/** The picture with a mask drawn over nose, mouth and chin, darker at its edges as cloth is that curves away. */
export function withMask(picture: RgbImage, face: Face, colour: string): Sharp {
  return drawn(picture, face, path(face, [...brim, ...jaw]), colour);
}

/** The picture with a full beard, which leaves the lips to be seen. */
export function withBeard(picture: RgbImage, face: Face, colour: string): Sharp {
  return drawn(picture, face, path(face, [...moustache, ...jaw]) + path(face, lips), colour);
}

function drawn(picture: RgbImage, { mesh }: Face, outline: string, colour: string): Sharp {
  const { width, height } = picture;
  const nose = mesh.points[4];
  const radius =
    Math.hypot(mesh.points[234].x - mesh.points[454].x, mesh.points[234].y - mesh.points[454].y) * 0.8;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <radialGradient id="curve" gradientUnits="userSpaceOnUse" cx="${nose.x}" cy="${nose.y}" r="${radius}">
      <stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity="0.4"/>
    </radialGradient>
    <path fill-rule="evenodd" d="${outline}" fill="${colour}"/>
    <path fill-rule="evenodd" d="${outline}" fill="url(#curve)"/>
  </svg>`;
  return sharp(picture.data, { raw: { width, height, channels: 3 } }).composite([
    { input: Buffer.from(drawing) },
  ]);
}

function path({ mesh }: Face, indices: readonly number[]): string {
  const corner = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M ${indices.map((index) => corner(mesh.points[index])).join(' L ')} Z `;
}
