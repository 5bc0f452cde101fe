import { apply, chain, enlargement, scaledRotation, translation, type Affine } from './affine.js';
import { boundsOf, centreOf } from './box.js';
import type { DetectedFace } from './detect.js';
import type { Point, RgbImage } from './image.js';
import { keyPointMovement } from './key-points.js';
import { sample } from './sample.js';
import type { FaceModels } from './sessions.js';

/** The 468 points of a face (mediapipe's numbering), in the picture's pixels. */
export type FaceMesh = {
  readonly points: readonly MeshPoint[];
  /** The net's score for seeing a face, 0 to 1. */
  readonly presence: number;
  /** See `keyPointMovement`: how far the last pass moved it; missing if that was the first one. */
  readonly moved?: number;
};

/** `z` is the depth in the picture's pixels: smaller is nearer to the camera, about 0 in the middle of the head. */
export type MeshPoint = Point & { readonly z: number };

/** The outer corners of the eyes: the left one in an upright picture, and the other. */
const [leftCorner, rightCorner] = [33, 263];

/** The square around a face: its centre, its side, and the roll of the eyes in radians. */
type Region = { readonly middle: Point; readonly side: number; readonly roll: number };

/** The square is this much larger than the face's box: scale_x of mediapipe's face landmark graph. */
const margin = 1.5;

/**
 * Fits the mesh to a detected face: first by the detector's box and eyes, then by the mesh's own, which are more
 * exact.
 */
export async function fitMesh(models: FaceModels, picture: RgbImage, face: DetectedFace): Promise<FaceMesh> {
  return trackMesh(models, picture, await runMesh(models, picture, regionOfFace(face)));
}

/** Fits the mesh again from its last position, in the same picture or in a camera's next one. */
export async function trackMesh(models: FaceModels, picture: RgbImage, mesh: FaceMesh): Promise<FaceMesh> {
  const further = await runMesh(models, picture, regionOfMesh(mesh));
  return { ...further, moved: keyPointMovement(mesh.points, further.points) };
}

async function runMesh(models: FaceModels, picture: RgbImage, region: Region): Promise<FaceMesh> {
  const { session, about } = models.mesh;
  const side = about.input.shape[2];
  const toPicture = chain(
    translation(-side / 2, -side / 2),
    scaledRotation(region.side / side, region.roll),
    translation(region.middle.x, region.middle.y),
  );
  const outputs = await session.run({ image: sample(picture, about.input, toPicture) });
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
    middle: centreOf(box),
    side: Math.max(box.width, box.height) * margin,
    roll: Math.atan2(otherEye.y - eye.y, otherEye.x - eye.x),
  };
}

/** The roll of the eyes, in radians clockwise. */
export function rollOf({ points }: FaceMesh): number {
  const eye = points[leftCorner];
  const otherEye = points[rightCorner];
  return Math.atan2(otherEye.y - eye.y, otherEye.x - eye.x);
}

/** The square around the mesh with its eyes levelled. */
function regionOfMesh(mesh: FaceMesh): Region {
  const roll = rollOf(mesh);
  const level = boundsOf(mesh.points.map((point) => apply(scaledRotation(1, -roll), point)));
  return {
    middle: apply(scaledRotation(1, roll), centreOf(level)),
    side: Math.max(level.width, level.height) * margin,
    roll,
  };
}
