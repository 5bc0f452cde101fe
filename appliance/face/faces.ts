import { boundsOf } from './box.js';
import { type DetectedFace, detectFaces, type Turn } from './detect.js';
import type { RgbImage } from './image.js';
import { type FaceMesh, fitMesh, rollOf } from './mesh.js';
import type { FaceModels } from './sessions.js';
import { covered } from './suppress.js';

/** A face that the detector found, with the mesh that was fitted to it. */
export type Face = DetectedFace & { readonly mesh: FaceMesh };

/** From this presence on the mesh has a face before it, and not a mask, a profile or a pattern. */
export const surePresence = 0.5;

/** A face with less of this of the largest one's width stands in the background and is not looked at. */
const background = 0.5;
/** Two meshes that cover each other by this much are of one face, found twice. */
const sameFace = 0.5;

/**
 * The faces before a camera, the visitor's first: of those that the mesh is sure of the largest, then the others, then
 * what may be a face that is covered or turned away. Faces in the background are left out.
 */
export async function findFaces(models: FaceModels, picture: RgbImage): Promise<Face[]> {
  const detected = await detectFaces(models, picture);
  const largest = Math.max(...detected.map(({ box }) => box.width));
  const near = detected.filter(({ box }) => box.width >= largest * background);
  const faces = (await withMeshes(models, picture, near)).toSorted(
    (one, other) => rank(other) - rank(one) || other.box.width - one.box.width,
  );
  const bounds = faces.map(({ mesh }) => boundsOf(mesh.points));
  return faces.filter((_, i) => bounds.slice(0, i).every((before) => covered(before, bounds[i]) <= sameFace));
}

/**
 * How much speaks for a face that stands upright once its picture is turned, 0 to 1. The detector alone is now
 * and then surer of a face on its side or upside down than of the same face upright; the mesh is not, but it
 * turns with the face.
 */
export function uprightness({ score, mesh }: Face, turn: Turn): number {
  return score * mesh.presence * Math.max(0, Math.cos(rollOf(mesh) + (turn * Math.PI) / 2));
}

export async function withMeshes(
  models: FaceModels,
  picture: RgbImage,
  detected: readonly DetectedFace[],
): Promise<Face[]> {
  const faces: Face[] = [];
  for (const face of detected) faces.push({ ...face, mesh: await fitMesh(models, picture, face) });
  return faces;
}

function rank({ mesh }: Face): number {
  return mesh.presence >= surePresence ? 1 : 0;
}
