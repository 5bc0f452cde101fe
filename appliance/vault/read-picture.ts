import { openPicture } from './open-picture.js';
import { lookAtPortrait } from './portrait.js';
import { lookAtProbe } from './probe.js';
import type { Request } from './protocol.js';
import type { Bench } from './serve.js';
import { millisecondsSince, notTaken, taken, type Taken } from './taken.js';

/** Takes a technician's picture file in the place of a scan or a photograph. */
export async function readPicture(
  { side, file }: Extract<Request, { do: 'read-picture' }>,
  { models, holdings }: Bench,
): Promise<Taken> {
  const begun = performance.now();
  const picture = await openPicture(models, side, file);
  if (!picture.ok) return notTaken(side, picture.error, millisecondsSince(begun));
  if (side === 'document') {
    const looked = await lookAtPortrait(models, picture.value, begun);
    holdings.document = looked.portrait;
    return looked.taken;
  }
  const { assessment, portrait } = await lookAtProbe(models, picture.value);
  holdings.probe = portrait ? [portrait] : [];
  return taken(assessment.findings, millisecondsSince(begun));
}
