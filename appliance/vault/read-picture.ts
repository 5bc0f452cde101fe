import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import type { Side } from '../findings.js';
import { openPicture } from './open-picture.js';
import { capturePortrait, type Capture } from './capture-portrait.js';
import { assessFrame } from './assess-frame.js';
import type { Request } from '../protocol/vault.js';
import type { TaskContext } from './task-context.js';
import { millisecondsSince, notCaptured, captured, type CaptureResult } from './capture-result.js';

/** Uses a technician's picture file instead of a scan or a photograph. */
export async function readPicture(
  { side, file }: Extract<Request, { do: 'read-picture' }>,
  { models, samples }: TaskContext,
): Promise<CaptureResult> {
  const begun = performance.now();
  const picture = await openPicture(models, side, file);
  if (!picture.ok) return notCaptured(side, picture.error, millisecondsSince(begun));
  const { result, sample } = await capture[side](models, picture.value, begun);
  if (side === 'document') samples.document = sample;
  else samples.probe = sample ? [{ sample, quality: 1 }] : [];
  return result;
}

/**
 * What a visit makes of one side's upright picture. `begun` is a `performance.now()`, to measure the
 * duration.
 */
export const capture: Readonly<
  Record<Side, (models: FaceModels, picture: RgbImage, begun: number) => Promise<Capture>>
> = { document: capturePortrait, probe: captureProbe };

async function captureProbe(models: FaceModels, picture: RgbImage, begun: number): Promise<Capture> {
  const { assessment, sample } = await assessFrame(models, picture);
  const result = captured(assessment.findings, millisecondsSince(begun));
  return sample ? { result, sample } : { result };
}
