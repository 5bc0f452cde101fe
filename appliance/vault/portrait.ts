import { assessPortrait } from '../face/assess.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { makeUpright } from '../face/upright.js';
import type { Portrait } from './holdings.js';
import { millisecondsSince, notTaken, taken, type Taken } from './taken.js';

/** The document's portrait, if there is a usable one in the picture, and what is to be said of it. */
export type Looked = { readonly taken: Taken; readonly portrait?: Portrait };

/**
 * Looks for the document's portrait in a picture that shows little else, any way round.
 * @param arrived when the picture was complete, as `performance.now()` tells it
 */
export async function lookAtPortrait(
  models: FaceModels,
  picture: RgbImage,
  arrived: number,
): Promise<Looked> {
  const upright = await makeUpright(models, picture);
  const face = upright.faces.at(0);
  if (!face) return { taken: notTaken('document', 'no-portrait', millisecondsSince(arrived)) };
  const { findings, grey } = await assessPortrait(upright.picture, face);
  return {
    taken: taken(findings, millisecondsSince(arrived)),
    portrait: { picture: upright.picture, mesh: face.mesh, grey },
  };
}
