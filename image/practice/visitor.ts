import sharp, { type OutputInfo, type OverlayOptions, type Sharp } from 'sharp';

import type { Point } from '../../appliance/face/image.js';
import type { Visitor } from './samples.js';

const width = 1280;
const height = 960;

/** A visitor's pose in one frame. */
export type Pose = {
  /** Scale of the sample picture. */
  readonly scale: number;
  /** The centre of the face in the frame, in pixels. */
  readonly face: Point;
  /** The head's lean in degrees, clockwise. */
  readonly lean: number;
  /** The face's width relative to its height; 1 is frontal. */
  readonly turn: number;
  /** Brightness; 1 as in the sample picture. */
  readonly light: number;
};

/** Two seconds of frames: somebody approaches, stands in the dark, then stands well. */
export function* poses(): Generator<Pose> {
  for (let i = 0; i < 5; i++) {
    yield { scale: 0.44 + i * 0.04, face: { x: 300 + i * 50, y: 620 - i * 20 }, lean: 3, turn: 1, light: 1 };
  }
  for (let i = 0; i < 3; i++) {
    yield { scale: 1.1, face: { x: 620, y: 450 }, lean: 2, turn: 1, light: 0.18 };
  }
  // Nobody stands quite still.
  for (let i = 0; i < 22; i++) {
    const sway = Math.sin(i / 5);
    const nod = Math.sin(i / 7 + 1);
    yield {
      scale: 1.2 + 0.05 * nod,
      face: { x: 640 + 18 * sway, y: 440 + 10 * nod },
      lean: 3 * sway,
      turn: 0.985 + 0.015 * nod,
      light: 1 + 0.06 * sway,
    };
  }
}

/** An out-of-focus background: a wall with a door and a notice. */
const wall = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <linearGradient id="g" x2="1" y2="0.3"><stop stop-color="#d8d5cb"/><stop offset="1" stop-color="#a9a99f"/></linearGradient>
  <rect width="100%" height="100%" fill="url(#g)"/>
  <rect x="60" y="120" width="230" height="840" fill="#8d7a63"/>
  <rect x="930" y="180" width="210" height="290" fill="#eceae2"/>
  <rect y="820" width="100%" height="140" fill="#7d7c78"/>
</svg>`;

/** An intermediate picture: 8-bit samples, three or four (with alpha) for each pixel. */
type Pixels = { readonly data: Buffer; readonly info: OutputInfo };

const pixelsOf = (picture: Sharp): Promise<Pixels> => picture.raw().toBuffer({ resolveWithObject: true });

const from = ({ data, info: { width, height, channels } }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } });

export const drawWall = (): Promise<Pixels> => pixelsOf(sharp(Buffer.from(wall)).blur(14).removeAlpha());

/** The person cut out, with soft edges. */
export async function cutOut({ file, part, outline }: Visitor): Promise<Pixels> {
  const stencil = `<svg xmlns="http://www.w3.org/2000/svg" width="${part.width}" height="${part.height}"
    viewBox="${part.left} ${part.top} ${part.width} ${part.height}"><path d="${outline}"/></svg>`;
  const soft = await sharp(Buffer.from(stencil)).blur(5).png().toBuffer();
  return pixelsOf(
    sharp(file)
      .extract(part)
      .composite([{ input: soft, blend: 'dest-in' }]),
  );
}

/** One camera frame as JPEG, 1280 × 960. */
export async function drawFrame(
  visitor: Visitor,
  figure: Pixels,
  background: Pixels,
  pose: Pose,
): Promise<Buffer> {
  const { scale, face, turn, light } = pose;
  const angle = ((pose.lean - visitor.lean) * Math.PI) / 180;
  const xx = scale * turn * Math.cos(angle);
  const xy = -scale * Math.sin(angle);
  const yx = scale * turn * Math.sin(angle);
  const yy = scale * Math.cos(angle);
  const posed = await pixelsOf(
    from(figure).affine(
      [
        [xx, xy],
        [yx, yy],
      ],
      { background: '#0000', interpolator: 'bilinear' },
    ),
  );
  // Keeps the figure's centre in place.
  const x = visitor.face.x - visitor.part.left - visitor.part.width / 2;
  const y = visitor.face.y - visitor.part.top - visitor.part.height / 2;
  const left = face.x - posed.info.width / 2 - (xx * x + xy * y);
  const top = face.y - posed.info.height / 2 - (yx * x + yy * y);
  const overlay = await inFrame(posed, Math.round(left), Math.round(top));
  const scene = await pixelsOf(from(background).composite([overlay]).removeAlpha());
  return from(scene).linear(light, 0).jpeg({ quality: 90 }).toBuffer();
}

/** The part of a placed picture that is inside the frame. */
async function inFrame(picture: Pixels, left: number, top: number): Promise<OverlayOptions> {
  const part = { left: Math.max(0, -left), top: Math.max(0, -top) };
  const { data, info } = await pixelsOf(
    from(picture).extract({
      ...part,
      width: Math.min(picture.info.width, width - left) - part.left,
      height: Math.min(picture.info.height, height - top) - part.top,
    }),
  );
  return { input: data, raw: info, left: Math.max(0, left), top: Math.max(0, top) };
}
