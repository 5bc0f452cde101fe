import type { Face } from '../faces.js';
import { presenceThreshold } from '../faces.js';
import { type Box, boundsOf } from '../box.js';
import type { Point, RgbImage } from '../image.js';
import { poseOf } from '../pose.js';
import { eyeDistance } from '../quality/landmarks.js';
import { eyeAspectRatio } from './blink.js';
import { type SkinSpectra, skinSpectra } from './moire.js';
import { greyPatch } from './grey-patch.js';
import { busyness, straightEdges } from './sheet-edges.js';

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

/** See `skinSpectra`, `straightEdges` and `busyness`. */
export type SurfaceMarks = {
  readonly spectra: SkinSpectra;
  readonly edges: readonly number[];
  readonly busy: number;
};

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
export function findSurfaceMarks(picture: RgbImage, { mesh }: Face): SurfaceMarks {
  const eyes = eyeDistance(mesh);
  const { x, y } = mesh.points[bridge];
  const side = 2 * reach * eyes;
  const { patch, scale, left, top } = greyPatch(
    picture,
    { x: x - reach * eyes, y: y - reach * eyes, width: side, height: side },
    eyesInPatch / eyes,
  );
  return {
    spectra: skinSpectra(picture, mesh.points),
    edges: straightEdges(patch, { x: (x - left) * scale, y: (y - top) * scale, eyes: eyes * scale }),
    busy: busyness(patch),
  };
}
