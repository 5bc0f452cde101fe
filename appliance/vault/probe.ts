import { assess, type Assessment } from '../face/assess.js';
import { type Face, findFaces } from '../face/faces.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { Portrait } from './holdings.js';

/** In pixels: enough for a face that fills a third of the picture; a larger JPEG is cheaply decoded smaller. */
export const longestSide = 1280;

/** A picture of the visitor: what is to be said of it, and the face in it if there is one. */
export type Shot = {
  readonly assessment: Assessment;
  readonly portrait?: Portrait;
  /** The face with the picture it is in, for the challenge. */
  readonly seen?: { readonly picture: RgbImage; readonly face: Face };
};

/** Looks at a single picture of the visitor. */
export async function lookAtProbe(models: FaceModels, picture: RgbImage): Promise<Shot> {
  return judge(models, picture, await findFaces(models, picture));
}

/** @param faces those of the picture, the visitor's first */
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
