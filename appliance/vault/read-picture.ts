import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import type { Side } from '../findings.js';
import { openPicture } from './open-picture.js';
import { lookAtPortrait, type Looked } from './portrait.js';
import { lookAtProbe } from './probe.js';
import type { Request } from '../protocol/vault.js';
import type { TaskContext } from './task-context.js';
import { millisecondsSince, notTaken, taken, type Taken } from './taken.js';

/** Uses a technician's picture file instead of a scan or a photograph. */
export async function readPicture(
  { side, file }: Extract<Request, { do: 'read-picture' }>,
  { models, holdings }: TaskContext,
): Promise<Taken> {
  const begun = performance.now();
  const picture = await openPicture(models, side, file);
  if (!picture.ok) return notTaken(side, picture.error, millisecondsSince(begun));
  const { taken, portrait } = await look[side](models, picture.value, begun);
  if (side === 'document') holdings.document = portrait;
  else holdings.probe = portrait ? [{ portrait, quality: 1 }] : [];
  return taken;
}

/**
 * What a visit makes of one side's upright picture. `begun` is a `performance.now()`, to measure the
 * duration.
 */
export const look: Readonly<
  Record<Side, (models: FaceModels, picture: RgbImage, begun: number) => Promise<Looked>>
> = { document: lookAtPortrait, probe: lookAtPerson };

async function lookAtPerson(models: FaceModels, picture: RgbImage, begun: number): Promise<Looked> {
  const { assessment, portrait } = await lookAtProbe(models, picture);
  const looked = { taken: taken(assessment.findings, millisecondsSince(begun)) };
  return portrait ? { ...looked, portrait } : looked;
}
