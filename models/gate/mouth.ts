import type { Sharp } from 'sharp';

import type { Face } from '../../appliance/face/faces.js';
import type { FaceMesh } from '../../appliance/face/mesh.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { distanceBetween } from '../../appliance/face/quality/landmarks.js';
import { corners, drawnOn, outline } from './canvas.js';

/** Mesh indices: a mask's upper edge, under the eyes and over the bridge of the nose; then the jaw. */
const brim = [234, 227, 117, 118, 100, 196, 197, 419, 329, 347, 346, 447, 454];
const jaw = [361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132];
/** The outer edge of the lips, and the inner one. */
const lips = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146];
const gap = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95];
/** From ear to ear under the nose. */
const moustache = [234, 137, 205, 203, 164, 423, 425, 366, 454];
/** The three pleats of a surgical mask. */
const pleats = [
  [137, 205, 36, 5, 266, 425, 366],
  [177, 207, 92, 164, 322, 427, 401],
  [58, 214, 106, 17, 335, 434, 288],
];

export type Mask = {
  readonly colour: string;
  /** Plain by default. */
  readonly cloth?: 'pleated' | 'flowered' | 'striped';
  /** Worn under the nose. */
  readonly low?: boolean;
};

/** Draws a mask over nose, mouth and chin, shaded towards its edges where cloth curves away. */
export function withMask(picture: RgbImage, { mesh }: Face, { colour, cloth, low }: Mask): Sharp {
  const edge = outline(mesh, [...(low ? moustache : brim), ...jaw]);
  const unit = distanceBetween(mesh.points[234], mesh.points[454]);
  const dots = (step: number, colours: readonly string[]) =>
    `<pattern id="p" width="${step * unit}" height="${step * unit}" patternUnits="userSpaceOnUse">
       <circle cx="${0.3 * step * unit}" cy="${0.3 * step * unit}" r="${0.2 * step * unit}" fill="${colours[0]}"/>
       <circle cx="${0.75 * step * unit}" cy="${0.7 * step * unit}" r="${0.15 * step * unit}" fill="${colours[1]}"/>
     </pattern>`;
  const stripes = `<pattern id="p" width="${0.12 * unit}" height="${0.12 * unit}" patternUnits="userSpaceOnUse"
       patternTransform="rotate(20)"><rect width="100%" height="50%" fill="#27405e"/></pattern>`;
  const folds = pleats.map((fold) => {
    const along = `M${corners(fold.map((index) => mesh.points[index]))}`;
    return `<path d="${along}" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="${unit * 0.018}"/>`;
  });
  const over = {
    pleated: folds.join(''),
    flowered: `${dots(0.14, ['#b8384e', '#3f6b3a'])}<path d="${edge}" fill="url(#p)"/>`,
    striped: `${stripes}<path d="${edge}" fill="url(#p)"/>`,
  };
  return drawnOn(
    picture,
    `<path d="${edge}" fill="${colour}"/>${cloth ? over[cloth] : ''}${curve(mesh, edge)}`,
  );
}

/** Draws a full beard that leaves the lips visible. */
export function withBeard(picture: RgbImage, { mesh }: Face, colour: string): Sharp {
  const edge = outline(mesh, [...moustache, ...jaw]) + outline(mesh, lips);
  return drawnOn(picture, `<path fill-rule="evenodd" d="${edge}" fill="${colour}"/>${curve(mesh, edge)}`);
}

/** Paints the lips in one colour. */
export function withLipstick(picture: RgbImage, { mesh }: Face, colour: string, opacity: number): Sharp {
  const edge = outline(mesh, lips) + outline(mesh, gap);
  return drawnOn(
    picture,
    `<path fill-rule="evenodd" d="${edge}" fill="${colour}" fill-opacity="${opacity}"/>`,
  );
}

/** Shading towards the edges of a shape on the jaw. */
function curve({ points }: FaceMesh, edge: string): string {
  const { x, y } = points[4];
  return `<radialGradient id="curve" gradientUnits="userSpaceOnUse" cx="${x}" cy="${y}"
      r="${distanceBetween(points[234], points[454]) * 0.8}">
      <stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity="0.4"/>
    </radialGradient>
    <path fill-rule="evenodd" d="${edge}" fill="url(#curve)"/>`;
}
