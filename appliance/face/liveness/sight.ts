import type { Face } from '../faces.js';
import { surePresence } from '../faces.js';
import { type Box, boundsOf } from '../box.js';
import { apply, invert } from '../affine.js';
import { withoutColour } from '../grey.js';
import type { Point, RgbImage } from '../image.js';
import { cut } from '../patch.js';
import { poseOf } from '../pose.js';
import { eyeDistance } from '../quality/landmarks.js';
import { eyeOpening } from './blink.js';
import { patchSide, periodicity } from './moire.js';
import { straightEdges } from './sheet-edges.js';

/** What the liveness cues need of one frame; no pixel of it. */
export type Sight = {
  readonly points: readonly Point[];
  readonly box: Box;
  /** Degrees; positive to the visitor's left, which is the right of the picture. */
  readonly yaw: number;
  readonly opening: number;
  /** Of frames from the front, as many as are looked at so closely. */
  readonly close?: Close;
  /** When the frame arrived, in milliseconds of any clock. */
  readonly at: number;
};

/** See `periodicity` and `straightEdges`. */
export type Close = { readonly wave: number; readonly edges: readonly number[] };

/** Undefined where the mesh is not sure of a face. */
export function sightOf({ mesh }: Face, at: number): Sight | undefined {
  if (mesh.presence < surePresence) return undefined;
  return {
    points: mesh.points,
    box: boundsOf(mesh.points),
    yaw: poseOf(mesh).yaw,
    opening: eyeOpening(mesh.points),
    at,
  };
}

/** Between the eyes of the small picture in which edges are looked for, in pixels. */
const eyesInPatch = 24;
/** How far about the face edges may be, in eye distances. */
const reach = 4.2;
/** Points of the mesh: the bridge of the nose, and a little above its tip. */
const [bridge, ridge] = [6, 5];

/** Looks for the marks of a screen and of a sheet. */
export async function lookClosely(picture: RgbImage, { mesh }: Face): Promise<Close> {
  const eyes = eyeDistance(mesh);
  const middle = mesh.points[bridge];
  const around = {
    x: middle.x - reach * eyes,
    y: middle.y - reach * eyes,
    width: 2 * reach * eyes,
    height: 2 * reach * eyes,
  };
  const { image, toPicture } = await cut(await withoutColour(picture), around, 2 * reach * eyesInPatch);
  const { x, y } = apply(invert(toPicture), middle);
  const { data, width, height } = image;
  const grey = { data: data.filter((_, i) => i % 3 === 0), width, height };
  return {
    wave: periodicity(luma(picture, mesh.points[ridge])),
    edges: straightEdges(grey, { x, y, eyes: eyes / toPicture.a }),
  };
}

/** The middle of a face as the camera saw it, not scaled; beyond the picture's edge its last pixels go on. */
function luma({ data, width, height }: RgbImage, { x, y }: Point): Float64Array {
  const inside = (value: number, size: number) => Math.min(Math.max(Math.round(value), 0), size - 1);
  return Float64Array.from({ length: patchSide * patchSide }, (_, i) => {
    const column = inside(x - patchSide / 2 + (i % patchSide), width);
    const row = inside(y - patchSide / 2 + Math.floor(i / patchSide), height);
    const at = (row * width + column) * 3;
    return 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
  });
}
