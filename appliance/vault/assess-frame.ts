import { assess, type Assessment } from '../face/assess.js';
import { type Face, findFaces } from '../face/faces.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { FaceSample } from './face-sample.js';

/**
 * In pixels: enough for a face that fills a third of the picture. Decoding a larger JPEG to this size is
 * cheap.
 */
export const longestProbeSide = 1280;

/** One picture of the visitor with its assessment, and the face in it, if any. */
export type AssessedFrame = {
  readonly assessment: Assessment;
  readonly sample?: FaceSample;
  /** The face and its picture, for the challenge and the watch for pictures. */
  readonly located?: { readonly picture: RgbImage; readonly face: Face };
};

/** Assesses a single picture of the visitor. */
export async function assessFrame(models: FaceModels, picture: RgbImage): Promise<AssessedFrame> {
  return assessFaces(models, picture, await findFaces(models, picture));
}

/** @param faces those in the picture, the visitor's first */
export async function assessFaces(
  models: FaceModels,
  picture: RgbImage,
  faces: readonly Face[],
): Promise<AssessedFrame> {
  const assessment = await assess(picture, faces);
  const face = faces.at(0);
  return face
    ? {
        assessment,
        sample: new FaceSample(models, picture, face.mesh, assessment.grey),
        located: { picture, face },
      }
    : { assessment };
}
