import { falseMatchRate } from '../calibration/calibration.js';
import { fewOfCounterGroup, hardestStrangers } from '../calibration/hardest.js';
import { similarity } from '../face/compare.js';
import type { FaceModels } from '../face/sessions.js';
import { fuse } from '../face/template.js';
import type { FaceSamples } from './face-sample.js';
import type { Comparison } from '../protocol/vault.js';

/**
 * Compares the document's portrait with the best frames of the visitor; undefined while either side is
 * missing.
 */
export async function compare(
  models: FaceModels,
  { document, probe }: FaceSamples,
): Promise<Comparison | undefined> {
  if (!document || probe.length === 0) return undefined;
  const colour = !document.grey && !probe.some(({ sample }) => sample.grey);
  const reference = await document.template(colour);
  const frames = [];
  for (const { sample, quality } of probe) {
    frames.push({ template: await sample.template(colour), weight: quality });
  }
  const { measure, calibration } = models.recogniser.about;
  const score = similarity(reference, fuse(frames), measure);
  const { among, stratum } = hardestStrangers(calibration);
  return {
    similarity: score,
    falseMatchRate: falseMatchRate(stratum.points, score),
    ...(among === 'any' ? {} : { among }),
    ...(fewOfCounterGroup(stratum) ? { fewOfGroup: true } : {}),
  };
}
