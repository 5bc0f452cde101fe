import { similarity } from '../face/compare.js';
import type { FaceModels } from '../face/sessions.js';
import { fuse } from '../face/template.js';
import type { FaceSamples } from './face-sample.js';

/**
 * Compares the document's portrait with the best frames of the visitor; undefined while either side is
 * missing.
 *
 * @returns the similarity score in ten-thousandths, rounded down, so that no score below a threshold reaches it
 */
export async function compare(
  models: FaceModels,
  { document, probe }: FaceSamples,
): Promise<number | undefined> {
  if (!document || probe.length === 0) return undefined;
  const colour = !document.grey && !probe.some(({ sample }) => sample.grey);
  const reference = await document.template(colour);
  const frames = [];
  for (const { sample, quality } of probe) {
    frames.push({ template: await sample.template(colour), weight: quality });
  }
  const score = similarity(reference, fuse(frames), models.recogniser.about.measure);
  return Math.floor(score * 10_000);
}
