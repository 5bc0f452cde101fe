import { boundsOf } from './box.js';
import { type DetectedFace, detectFaces, type Turn } from './detect.js';
import type { RgbImage } from './image.js';
import { type FaceMesh, fitMesh, rollOf } from './mesh.js';
import type { FaceModels } from './sessions.js';
import { overlap } from './non-max-suppression.js';
import { isSettled, settle } from './settled.js';

/** A detected face with its fitted mesh. */
export type Face = DetectedFace & { readonly mesh: FaceMesh };

/** From this presence score on, the mesh sees a face and not a mask, a profile or a pattern. */
export const presenceThreshold = 0.5;

/** A face of less than this fraction of the largest one's width is in the background and ignored. */
const background = 0.5;
/** Two meshes that overlap by more than this belong to one face, detected twice. */
const sameFace = 0.5;

/**
 * The faces in a picture, the visitor's first: the largest whose mesh is certain, then the other certain ones, then
 * possible faces that are covered or turned away. Faces in the background are left out. Only the visitor's mesh is given
 * time to settle.
 */
export async function findFaces(models: FaceModels, picture: RgbImage): Promise<Face[]> {
  const detected = await detectFaces(models, picture);
  const largest = Math.max(...detected.map(({ box }) => box.width));
  const near = detected.filter(({ box }) => box.width >= largest * background);
  const faces = withoutTwins(await fitMeshes(models, picture, near)).toSorted(
    (one, other) => rank(other) - rank(one) || other.box.width - one.box.width,
  );
  const visitor = faces.at(0);
  if (!visitor) return [];
  return [{ ...visitor, mesh: await settle(models, picture, visitor.mesh) }, ...faces.slice(1)];
}

/** Each face once: of two meshes on one face the one that has settled, or else the certain one, or else the larger. */
function withoutTwins(faces: readonly Face[]): Face[] {
  const best = faces.toSorted(
    (one, other) =>
      Number(isSettled(other.mesh)) - Number(isSettled(one.mesh)) ||
      rank(other) - rank(one) ||
      other.box.width - one.box.width,
  );
  const bounds = best.map(({ mesh }) => boundsOf(mesh.points));
  return best.filter((_, i) => bounds.slice(0, i).every((before) => overlap(before, bounds[i]) <= sameFace));
}

/**
 * Evidence, 0 to 1, that a face is upright once its picture is rotated. The detector alone sometimes scores a face on
 * its side or upside down higher than upright; the mesh does not, but it rotates with the face.
 */
export function uprightness({ score, mesh }: Face, turn: Turn): number {
  return score * mesh.presence * Math.max(0, Math.cos(rollOf(mesh) + (turn * Math.PI) / 2));
}

export async function fitMeshes(
  models: FaceModels,
  picture: RgbImage,
  detected: readonly DetectedFace[],
): Promise<Face[]> {
  const faces: Face[] = [];
  for (const face of detected) faces.push({ ...face, mesh: await fitMesh(models, picture, face) });
  return faces;
}

function rank({ mesh }: Face): number {
  return mesh.presence >= presenceThreshold ? 1 : 0;
}
