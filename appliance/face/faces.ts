import { type DetectedFace, detectFaces, type Turn } from './detect.js';
import type { RgbImage } from './image.js';
import { type FaceMesh, fitMesh, rollOf } from './mesh.js';
import type { FaceModels } from './sessions.js';
import { keepStrongest } from './suppress.js';

/** A face that the mesh confirmed. Its score is the detector's, lowered by what the mesh thinks of it. */
export type Face = DetectedFace & { readonly mesh: FaceMesh };

/**
 * A detection that the mesh does not bear out is no face. A head in profile, which the mesh was not made for,
 * still reaches 0.35; most patterns that merely look like a face stay under 0.05.
 */
const leastScore = 0.25;
/** Detections whose meshes cover each other by this much are one face seen twice. */
const sameFace = 0.5;

/** The upright faces of a picture, the surest first. */
export async function findFaces(models: FaceModels, picture: RgbImage): Promise<Face[]> {
  return confirmFaces(models, picture, await detectFaces(models, picture), 0);
}

/**
 * Fits the mesh to each detection and weighs the one by the other: by how sure the mesh is, and by how upright
 * it stands. The detector alone is now and then surer of a face on its side than of the same face upright.
 *
 * @param turn how the picture must be turned for these faces to stand upright
 */
export async function confirmFaces(
  models: FaceModels,
  picture: RgbImage,
  detected: readonly DetectedFace[],
  turn: Turn,
): Promise<Face[]> {
  const faces: Face[] = [];
  for (const face of detected) {
    const mesh = await fitMesh(models, picture, face);
    const upright = Math.max(0, Math.cos(rollOf(mesh) + (turn * Math.PI) / 2));
    faces.push({ ...face, mesh, score: face.score * mesh.presence * upright });
  }
  return keepStrongest(
    faces.filter(({ score }) => score >= leastScore),
    sameFace,
  );
}
