import { assessPortrait } from '../face/assess.js';
import { findFaces } from '../face/faces.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { FaceSample } from './face-sample.js';
import { millisecondsSince, notCaptured, captured, type CaptureResult } from './capture-result.js';

/** The result for the core, and the face if it can be compared. */
export type Capture = { readonly result: CaptureResult; readonly sample?: FaceSample };

/**
 * Assesses the document's portrait in an upright picture that shows little else.
 *
 * @param arrived when the picture was complete, as `performance.now()`
 */
export async function capturePortrait(
  models: FaceModels,
  picture: RgbImage,
  arrived: number,
): Promise<Capture> {
  const face = (await findFaces(models, picture)).at(0);
  if (!face) return { result: notCaptured('document', 'no-portrait', millisecondsSince(arrived)) };
  const { findings, grey } = await assessPortrait(picture, face);
  const sample = new FaceSample(models, picture, face.mesh, grey);
  await sample.template(!grey);
  return { result: captured(findings, millisecondsSince(arrived)), sample };
}
