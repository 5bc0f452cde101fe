import type { Sharp } from 'sharp';

import type { Face } from '../../appliance/face/faces.js';
import { toGreyscale } from '../../appliance/face/greyscale.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { eyeDistance } from '../../appliance/face/quality/landmarks.js';
import type { FindingCode, Side } from '../../appliance/findings.js';
import { printAndScan, printAndScanAs } from '../simulate/print-scan.js';
import { asSharp, imageOf } from './canvas.js';
import { withBystander } from './bystander.js';
import { burntOut, withLuma, withSideLight } from './light.js';
import { type Mask, withBeard, withLipstick, withMask } from './mouth.js';
import { withStreaks } from './streaks.js';
import { turned } from './turned.js';
import { withClearGlasses, withGlasses, withHand } from './worn.js';

/** A good picture, its face, and somebody else's picture. */
export type Scene = {
  readonly picture: RgbImage;
  readonly face: Face;
  readonly grey: boolean;
  readonly other: RgbImage;
};
type Make = (scene: Scene) => Sharp | RgbImage | Promise<Sharp | RgbImage>;

/** A way in which a picture is varied and still good, or spoiled beyond use. */
export type Kind = {
  readonly side: Side;
  readonly make: Make;
  /**
   * The expected findings for a spoiled picture, any of which is right; the gate may also stop it for another
   * reason.
   */
  readonly findings: readonly FindingCode[];
  /** Applies only to pictures with colours. */
  readonly colour?: true;
};

const good = (make: Make, more: Partial<Kind> = {}): Kind => ({ side: 'probe', make, findings: [], ...more });

/** Variations that the gate must pass. */
export const goodKinds = {
  'as it is': good(({ picture }) => picture),
  'without colours': good(({ picture }) => toGreyscale(picture), { colour: true }),
  'in dim light': good(({ picture, face }) => withLuma(picture, face, 60)),
  'in warm light': good(({ picture }) => asSharp(picture).linear([1.08, 0.95, 0.7], [0, 0, 0]), {
    colour: true,
  }),
  'in cold light': good(({ picture }) => asSharp(picture).linear([0.85, 1, 1.12], [0, 0, 0]), {
    colour: true,
  }),
  'darker skin': good(({ picture }) => asSharp(picture).gamma(1, 2.2).linear([0.75, 0.66, 0.6], [0, 0, 0]), {
    colour: true,
  }),
  'black beard': good(({ picture, face }) => withBeard(picture, face, '#241c18')),
  'brown beard': good(({ picture, face }) => withBeard(picture, face, '#5a4030'), { colour: true }),
  'grey beard': good(({ picture, face }) => withBeard(picture, face, '#8d8a86')),
  'white beard': good(({ picture, face }) => withBeard(picture, face, '#cfccc6')),
  'dark lipstick': good(({ picture, face }) => withLipstick(picture, face, '#4a1020', 0.7), { colour: true }),
  'pale lipstick': good(({ picture, face }) => withLipstick(picture, face, '#c99a86', 0.7), { colour: true }),
  'clear glasses': good(({ picture, face }) => withClearGlasses(picture, face)),
  'head drawn straight': good(({ picture, face }) => turned(picture, face, 0)),
  document: good(({ picture }) => picture, { side: 'document' }),
  'document, printed and scanned': good(({ picture }) => printAndScan(picture), { side: 'document' }),
  'document, a card': good(({ picture }) => printAndScanAs('card', picture), { side: 'document' }),
} as const satisfies Record<string, Kind>;

const spoilt = (finding: FindingCode | readonly FindingCode[], make: Make, side: Side = 'probe'): Kind => ({
  side,
  make,
  findings: [finding].flat(),
});
const masked = (mask: Mask): Kind =>
  spoilt('mouth-covered', ({ picture, face }) => withMask(picture, face, mask));

/** Spoiled pictures that the gate must stop. */
export const spoiledKinds = {
  'too dark': spoilt('too-dark', ({ picture, face }) => withLuma(picture, face, 12)),
  'burnt out': spoilt('too-bright', ({ picture, face }) => burntOut(picture, face, 0.65)),
  'left half in deep shade': spoilt('uneven-light', ({ picture, face }) =>
    withSideLight(picture, face, 0.05, 'left'),
  ),
  'right half in deep shade': spoilt('uneven-light', ({ picture, face }) =>
    withSideLight(picture, face, 0.05, 'right'),
  ),
  'out of focus': spoilt('blurred', ({ picture, face }) =>
    asSharp(picture).blur(0.12 * eyeDistance(face.mesh)),
  ),
  moved: spoilt('blurred', ({ picture, face }) => moved(picture, 0.4 * eyeDistance(face.mesh))),
  'white mask': masked({ colour: '#e9ebec' }),
  'white mask, pleated': masked({ colour: '#e9ebec', cloth: 'pleated' }),
  'white mask under the nose': masked({ colour: '#e9ebec', low: true }),
  'blue mask': masked({ colour: '#8fb7d4' }),
  'blue mask, pleated': masked({ colour: '#8fb7d4', cloth: 'pleated' }),
  'black mask': masked({ colour: '#202024' }),
  'grey mask': masked({ colour: '#8b8d90' }),
  'pink mask': masked({ colour: '#e3b9bd' }),
  'beige mask': masked({ colour: '#c9a184' }),
  'flowered mask': masked({ colour: '#efe6da', cloth: 'flowered' }),
  'striped mask': masked({ colour: '#dfe6ea', cloth: 'striped' }),
  'dark glasses': spoilt('eyes-covered', ({ picture, face }) => withGlasses(picture, face, 0.95)),
  'brown glasses': spoilt('eyes-covered', ({ picture, face }) => withGlasses(picture, face, 0.92, '#2a1a10')),
  'something before mouth and nose': spoilt('mouth-covered', ({ picture, face }) =>
    withHand(picture, face, 0.5),
  ),
  'turned left': spoilt('face-turned', ({ picture, face }) => turned(picture, face, -50)),
  'turned right': spoilt('face-turned', ({ picture, face }) => turned(picture, face, 50)),
  'looking down': spoilt('face-turned', ({ picture, face }) => turned(picture, face, 0, 45)),
  'too small': spoilt('face-too-small', ({ picture, face }) => smaller(picture, 15 / eyeDistance(face.mesh))),
  'cut off by the edge': spoilt(['face-off-centre', 'no-face'], ({ picture, face }) => cutOff(picture, face)),
  'several faces': spoilt('several-faces', ({ picture, other }) => withBystander(picture, other, 1)),
  nobody: spoilt('no-face', ({ picture }) => asSharp(picture).rotate(180).blur(40)),
  'document under glare': spoilt(
    'portrait-glare',
    ({ picture, face }) => withStreaks(picture, face, 0.85, 0.2),
    'document',
  ),
  'document, face turned left': spoilt(
    'face-turned',
    ({ picture, face }) => turned(picture, face, -50),
    'document',
  ),
  'document, face turned right': spoilt(
    'face-turned',
    ({ picture, face }) => turned(picture, face, 50),
    'document',
  ),
  'document cut to the eyes': spoilt(
    'face-unsettled',
    ({ picture, face }) => cutToEyes(picture, face),
    'document',
  ),
  'document too small': spoilt(
    'portrait-too-small',
    ({ picture, face }) => smaller(picture, 14 / eyeDistance(face.mesh)),
    'document',
  ),
} as const satisfies Record<string, Kind>;

/** Applies a kind to a scene; undefined if it does not apply. */
export async function applyKind({ make, colour }: Kind, scene: Scene): Promise<RgbImage | undefined> {
  if (colour && scene.grey) return undefined;
  const picture = await make(scene);
  return 'data' in picture ? picture : imageOf(picture);
}

function smaller(picture: RgbImage, by: number): Sharp {
  return asSharp(picture).resize(Math.max(1, Math.round(picture.width * by)));
}

/** Horizontal motion blur, in pixels. */
function moved(picture: RgbImage, length: number): Sharp {
  const width = 2 * Math.round(length / 2) + 1;
  const kernel = Array.from({ length: 3 * width }, (_, i) => (i >= width && i < 2 * width ? 1 : 0));
  return asSharp(picture).convolve({ width, height: 3, kernel });
}

/** Crops the picture at the bridge of the nose. */
function cutOff(picture: RgbImage, { mesh }: Face): Sharp {
  const left = Math.round(Math.min(Math.max(mesh.points[6].x, 0), picture.width - 2));
  return asSharp(picture).extract({ left, top: 0, width: picture.width - left, height: picture.height });
}

/** Crops the picture to a strip around both eyes. */
function cutToEyes(picture: RgbImage, { mesh }: Face): Sharp {
  const [{ x, y }, apart] = [mesh.points[6], eyeDistance(mesh)];
  const left = Math.max(0, Math.round(x - 1.2 * apart));
  const top = Math.max(0, Math.round(y - 0.55 * apart));
  const width = Math.min(Math.round(2.4 * apart), picture.width - left);
  const height = Math.min(Math.round(1.1 * apart), picture.height - top);
  return asSharp(picture).extract({ left, top, width, height });
}
