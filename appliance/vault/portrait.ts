import { assessPortrait } from '../face/assess.js';
import { findFaces } from '../face/faces.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { Portrait } from './holdings.js';
import { millisecondsSince, notTaken, taken, type Taken } from './taken.js';

/** The result for the core, and the face if it can be compared. */
export type Looked = { readonly taken: Taken; readonly portrait?: Portrait };

/**
 * Assesses the document's portrait in an upright picture that shows little else.
 *
 * @param arrived when the picture was complete, as `performance.now()`
 */
export async function lookAtPortrait(
  models: FaceModels,
  picture: RgbImage,
  arrived: number,
): Promise<Looked> {
  const face = (await findFaces(models, picture)).at(0);
  if (!face) return { taken: notTaken('document', 'no-portrait', millisecondsSince(arrived)) };
  const { findings, grey } = await assessPortrait(picture, face);
  const portrait = new Portrait(models, picture, face.mesh, grey);
  await portrait.template(!grey);
  return { taken: taken(findings, millisecondsSince(arrived)), portrait };
}
