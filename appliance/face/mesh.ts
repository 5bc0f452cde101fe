import { apply, chain, enlargement, scaledRotation, translation, type Affine } from './affine.js';
import type { DetectedFace } from './detect.js';
import type { Point, RgbImage } from './image.js';
import { cut, type Patch, squareAbout } from './patch.js';
import { sample } from './sample.js';
import type { FaceModels } from './sessions.js';

/** The 468 points of a face (mediapipe's numbering), in the picture's pixels. */
export type FaceMesh = {
  readonly points: readonly MeshPoint[];
  /** How sure the net is that it was shown a face, 0 to 1. */
  readonly presence: number;
};

/** `z` is the depth in the picture's pixels, smaller nearer to the camera, about 0 in the middle of the head. */
export type MeshPoint = Point & { readonly z: number };

/** The outer corners of the eyes: the one that lies left in an upright picture, and the other. */
const [leftCorner, rightCorner] = [33, 263];

/** Where to look for a face: the middle, the side of a square about it, the turn of its eyes in radians. */
type Region = { readonly middle: Point; readonly side: number; readonly roll: number };

/** The square about a face is this much larger than its box: scale_x of mediapipe's face landmark graph. */
const margin = 1.5;

/** A second pass may look this much further than the first, wherever the eyes turn out to be. */
const reach = 1.6;

/**
 * Fits the mesh to a detected face: once by the detector's box and eyes, and again by the mesh's own, which are
 * the better ones.
 */
export async function fitMesh(models: FaceModels, picture: RgbImage, face: DetectedFace): Promise<FaceMesh> {
  const first = regionOfFace(face);
  const side = models.mesh.about.input.shape[2];
  const patch = await cut(picture, squareAbout(first.middle, first.side * reach), side * reach);
  const mesh = await look(models, patch, first);
  return look(models, patch, regionOfMesh(mesh));
}

async function look(models: FaceModels, patch: Patch, region: Region): Promise<FaceMesh> {
  const { session, about } = models.mesh;
  const side = about.input.shape[2];
  const toPicture = chain(
    translation(-side / 2, -side / 2),
    scaledRotation(region.side / side, region.roll),
    translation(region.middle.x, region.middle.y),
  );
  const outputs = await session.run({ image: await sample(models, models.mesh, patch, toPicture) });
  const [presence] = outputs.presence.data as Float32Array;
  return {
    points: pointsOf(outputs.mesh.data as Float32Array, toPicture),
    presence,
  };
}

function pointsOf(flat: Float32Array, toPicture: Affine): MeshPoint[] {
  const depth = enlargement(toPicture);
  return Array.from({ length: flat.length / 3 }, (_, i) => ({
    ...apply(toPicture, { x: flat[3 * i], y: flat[3 * i + 1] }),
    z: flat[3 * i + 2] * depth,
  }));
}

function regionOfFace({ box, keypoints: [eye, otherEye] }: DetectedFace): Region {
  return {
    middle: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    side: Math.max(box.width, box.height) * margin,
    roll: Math.atan2(otherEye.y - eye.y, otherEye.x - eye.x),
  };
}

/** The turn of the eyes in radians, clockwise. */
export function rollOf({ points }: FaceMesh): number {
  const eye = points[leftCorner];
  const otherEye = points[rightCorner];
  return Math.atan2(otherEye.y - eye.y, otherEye.x - eye.x);
}

/** The square about the mesh, as it lies once its eyes are level. */
function regionOfMesh(mesh: FaceMesh): Region {
  const roll = rollOf(mesh);
  const level = mesh.points.map((point) => apply(scaledRotation(1, -roll), point));
  const [left, right] = [Math.min, Math.max].map((end) => end(...level.map(({ x }) => x)));
  const [top, bottom] = [Math.min, Math.max].map((end) => end(...level.map(({ y }) => y)));
  return {
    middle: apply(scaledRotation(1, roll), { x: (left + right) / 2, y: (top + bottom) / 2 }),
    side: Math.max(right - left, bottom - top) * margin,
    roll,
  };
}
