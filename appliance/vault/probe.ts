import { assess, type Assessment } from '../face/assess.js';
import { type Face, findFaces } from '../face/faces.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { Portrait } from './holdings.js';

/**
 * In pixels: enough for a face that fills a third of the picture. Decoding a larger JPEG to this size is
 * cheap.
 */
export const longestSide = 1280;

/** One picture of the visitor with its assessment, and the face in it, if any. */
export type Shot = {
  readonly assessment: Assessment;
  readonly portrait?: Portrait;
  /** The face and its picture, for the challenge. */
  readonly seen?: { readonly picture: RgbImage; readonly face: Face };
};

/** Assesses a single picture of the visitor. */
export async function lookAtProbe(models: FaceModels, picture: RgbImage): Promise<Shot> {
  return judge(models, picture, await findFaces(models, picture));
}

/** @param faces those in the picture, the visitor's first */
export async function judge(models: FaceModels, picture: RgbImage, faces: readonly Face[]): Promise<Shot> {
  const assessment = await assess(picture, faces);
  const face = faces.at(0);
  return face
    ? {
        assessment,
        portrait: new Portrait(models, picture, face.mesh, assessment.grey),
        seen: { picture, face },
      }
    : { assessment };
}
