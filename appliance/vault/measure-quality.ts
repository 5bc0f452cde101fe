import { assess, assessPortrait } from '../face/assess.js';
import { findFaces } from '../face/faces.js';
import { qualityOf } from '../face/quality/quality.js';
import type { Quality } from '../face/quality/value.js';
import type { Finding } from '../findings.js';
import { openPicture } from './open-picture.js';
import { type Message, qualityComponent, type QualityMeasure, type Request } from '../protocol/vault.js';
import type { TaskContext } from './task-context.js';
import { millisecondsSince, notCaptured, captured, toDoor } from './capture-result.js';

/** Measures the face image quality of a technician's picture; nothing of it is kept. */
export async function measureQuality(
  { side, file }: Extract<Request, { do: 'measure-quality' }>,
  { models }: Pick<TaskContext, 'models'>,
): Promise<Message> {
  const begun = performance.now();
  const picture = await openPicture(models, side, file);
  if (!picture.ok) return qualityMessage(notCaptured(side, picture.error, millisecondsSince(begun)), []);
  const faces = await findFaces(models, picture.value);
  if (faces.length === 0) {
    const code = side === 'document' ? 'no-portrait' : 'no-face';
    return qualityMessage(notCaptured(side, code, millisecondsSince(begun)), []);
  }
  const { findings } =
    side === 'document' ? await assessPortrait(picture.value, faces[0]) : await assess(picture.value, faces);
  const measures = inOrder(await qualityOf(picture.value, faces));
  return qualityMessage(captured(findings, millisecondsSince(begun)), measures);
}

function qualityMessage(
  { usable, findings, milliseconds }: { usable: boolean; findings: readonly Finding[]; milliseconds: number },
  measures: QualityMeasure[],
): Message {
  return { is: 'quality', usable, findings: toDoor(findings), measures, milliseconds };
}

function inOrder(quality: Quality): QualityMeasure[] {
  return qualityComponent.options.flatMap((component) => {
    const of = quality[component];
    return of ? [{ component, ...of }] : [];
  });
}
