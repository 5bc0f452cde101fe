import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { decode } from '../../appliance/face/decode.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { Template } from '../../appliance/face/template.js';
import type { Finding, Side } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { longest, look } from '../../appliance/vault/read-picture.js';
import type { Picture } from './pairing.js';
import { printAndScan } from './print-scan.js';

/** What is kept of a face: its templates. A picture without colours has one only. */
export type Face = { readonly colour?: Template; readonly grey: Template };

/** A picture's faces, as a document and as a probe; a side is missing where the picture failed or never stands. */
export type Enrolled = Partial<Record<Side, Face>>;

/** What kept a picture from a side of the comparison, in the order in which a visit would tell it. */
export type Failure = { readonly name: string; readonly findings: readonly Finding[] };

/** How the documents come about: as the pictures are, or as printed and scanned. */
export type DocumentAs = 'picture' | 'print-scan';

/**
 * Makes the templates of every picture, each side as a visit takes it. No picture is kept beyond its turn. A picture
 * with a blocking finding, at which a visit would ask for another, fails to enrol on that side.
 */
export async function enrolAll(
  models: FaceModels,
  folder: string,
  pictures: readonly Picture[],
  documentAs: DocumentAs,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<{ enrolled: Enrolled[]; failures: Failure[] }> {
  const enrolled: Enrolled[] = [];
  const failures: Failure[] = [];
  for (const { name, sides } of pictures) {
    const faces: Enrolled = {};
    const findings: Finding[] = [];
    const encoded = await readFile(join(folder, name)).catch(() => undefined);
    for (const side of sides) {
      const face = await enrol(models, encoded, side, documentAs);
      if (face.ok) faces[side] = face.value;
      else findings.push(...face.error);
    }
    enrolled.push(faces);
    if (findings.length > 0) failures.push({ name, findings });
    onProgress(enrolled.length);
    signal.throwIfAborted();
  }
  return { enrolled, failures };
}

async function enrol(
  models: FaceModels,
  encoded: Uint8Array | undefined,
  side: Side,
  documentAs: DocumentAs,
): Promise<Result<Face, Finding[]>> {
  if (!encoded) return err([{ side, code: 'unreadable-image', blocking: true }]);
  const decoded = await decode(encoded, longest[side]);
  if (!decoded.ok) return err([{ side, code: decoded.error, blocking: true }]);
  const printed = side === 'document' && documentAs === 'print-scan';
  const picture = printed ? await printAndScan(decoded.value) : decoded.value;
  const { taken, portrait } = await look[side](models, picture, performance.now());
  if (!taken.usable || !portrait) return err(taken.findings.filter(({ blocking }) => blocking));
  const grey = await portrait.template(false);
  return ok(portrait.grey ? { grey } : { grey, colour: await portrait.template(true) });
}
