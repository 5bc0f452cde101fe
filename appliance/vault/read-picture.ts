import { readFile } from 'node:fs/promises';

import { decode } from '../face/decode.js';
import { detectFaces } from '../face/detect.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { makeUpright } from '../face/upright.js';
import type { Side } from '../findings.js';
import { findPortrait } from '../scanner/portrait.js';
import { lookAtPortrait, type Looked } from './portrait.js';
import { longestSide, lookAtProbe } from './probe.js';
import type { Request } from './protocol.js';
import type { Bench } from './serve.js';
import { millisecondsSince, notTaken, taken, type Taken } from './taken.js';

/** In pixels, what a larger picture is shrunk to: a document may be a whole A4 page, at 300 dpi this high. */
export const longest: Readonly<Record<Side, number>> = { document: 3508, probe: longestSide };
/** In dots per inch: a page that fills a picture of that height. */
const resolution = 300;

/** Takes a technician's picture file in the place of a scan or a photograph. */
export async function readPicture(
  { side, file }: Extract<Request, { do: 'read-picture' }>,
  { models, holdings }: Bench,
): Promise<Taken> {
  const begun = performance.now();
  const encoded = await readFile(file).catch(() => undefined);
  if (!encoded) return notTaken(side, 'unreadable-image', millisecondsSince(begun));
  const picture = await decode(encoded, longest[side]);
  if (!picture.ok) return notTaken(side, picture.error, millisecondsSince(begun));
  const { taken, portrait } = await look[side](models, picture.value, begun);
  if (side === 'document') holdings.document = portrait;
  else holdings.probe = portrait ? [{ portrait, quality: 1 }] : [];
  return taken;
}

/** What a visit makes of one side's decoded picture; `begun` is when it was begun, as `performance.now()` tells it. */
export const look: Readonly<
  Record<Side, (models: FaceModels, picture: RgbImage, begun: number) => Promise<Looked>>
> = { document: lookAtDocument, probe: lookAtPerson };

/** Takes a picture of a document for a scanned page, or for the portrait itself where no page is recognised. */
async function lookAtDocument(models: FaceModels, picture: RgbImage, begun: number): Promise<Looked> {
  const page = { ...picture, data: picture.data.slice(), channels: 3, resolution } as const;
  const cut = await findPortrait(page, (image) => detectFaces(models, image));
  if (!cut.ok && cut.error === 'two-documents') {
    return { taken: notTaken('document', cut.error, millisecondsSince(begun)) };
  }
  const upright = cut.ok ? cut.value.image : await makeUpright(models, picture);
  return lookAtPortrait(models, upright, begun);
}

/** Takes a picture of a person for a photograph, whichever way round it lies. */
async function lookAtPerson(models: FaceModels, picture: RgbImage, begun: number): Promise<Looked> {
  const { assessment, portrait } = await lookAtProbe(models, await makeUpright(models, picture));
  const looked = { taken: taken(assessment.findings, millisecondsSince(begun)) };
  return portrait ? { ...looked, portrait } : looked;
}
