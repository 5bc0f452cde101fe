import type { Face } from '../faces.js';
import { presenceThreshold } from '../faces.js';
import { type Box, boundsOf } from '../box.js';
import { apply, invert } from '../affine.js';
import { lumaOf } from '../colours.js';
import type { Point, RgbImage } from '../image.js';
import { crop } from '../patch.js';
import { poseOf } from '../pose.js';
import { eyeDistance } from '../quality/landmarks.js';
import { eyeAspectRatio } from './blink.js';
import { type SkinSpectra, skinSpectra } from './moire.js';
import { type GreyPatch, straightEdges } from './sheet-edges.js';

/** The observation of one frame for the liveness cues; it contains no pixel. */
export type Observation = {
  readonly points: readonly Point[];
  readonly box: Box;
  /** In degrees; positive to the visitor's left, which is the right of the picture. */
  readonly yaw: number;
  /** In degrees; positive when the visitor looks down. */
  readonly pitch: number;
  readonly opening: number;
  /** For some frames from the front. */
  readonly marks?: SurfaceMarks;
  /** When the frame arrived, in milliseconds of any clock. */
  readonly at: number;
};

/** See `skinSpectra` and `straightEdges`. */
export type SurfaceMarks = { readonly spectra: SkinSpectra; readonly edges: readonly number[] };

/** Undefined if the mesh is not certain of a face. */
export function observe({ mesh }: Face, at: number): Observation | undefined {
  if (mesh.presence < presenceThreshold) return undefined;
  const { yaw, pitch } = poseOf(mesh);
  return {
    points: mesh.points,
    box: boundsOf(mesh.points),
    yaw,
    pitch,
    opening: eyeAspectRatio(mesh.points),
    at,
  };
}

/** The eye distance in the patch in which edges are searched for, in pixels. */
const eyesInPatch = 24;
/** How far edges may be from the face, in eye distances. */
const reach = 4.2;
/** Mesh point of the bridge of the nose. */
const bridge = 6;

/** Looks for the marks of a screen and of a sheet. */
export async function findSurfaceMarks(picture: RgbImage, { mesh }: Face): Promise<SurfaceMarks> {
  const eyes = eyeDistance(mesh);
  const middle = mesh.points[bridge];
  const around = {
    x: middle.x - reach * eyes,
    y: middle.y - reach * eyes,
    width: 2 * reach * eyes,
    height: 2 * reach * eyes,
  };
  const { image, toPicture } = await crop(picture, around, 2 * reach * eyesInPatch);
  const { x, y } = apply(invert(toPicture), middle);
  return {
    spectra: skinSpectra(picture, mesh.points),
    edges: straightEdges(greyOf(image), { x, y, eyes: eyes / toPicture.a }),
  };
}

function greyOf({ data, width, height }: RgbImage): GreyPatch {
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++)
    grey[i] = lumaOf({ red: data[3 * i], green: data[3 * i + 1], blue: data[3 * i + 2] });
  return { data: grey, width, height };
}
