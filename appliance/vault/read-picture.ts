import { readFile } from 'node:fs/promises';

import { decode } from '../face/decode.js';
import { detectFaces } from '../face/detect.js';
import type { RgbImage } from '../face/image.js';
import { makeUpright } from '../face/upright.js';
import { findPortrait } from '../scanner/portrait.js';
import { lookAtPortrait } from './portrait.js';
import { longestSide, lookAtProbe } from './probe.js';
import type { Request } from './protocol.js';
import type { Bench } from './serve.js';
import { millisecondsSince, notTaken, taken, type Taken } from './taken.js';

/** In pixels: a document may be a whole A4 page, which at 300 dpi is this high. */
const longestPage = 3508;
/** In dots per inch: a page that fills a picture of that height. */
const resolution = 300;

/** Takes a technician's picture file in the place of a scan or a photograph. */
export async function readPicture(
  { side, file }: Extract<Request, { do: 'read-picture' }>,
  bench: Bench,
): Promise<Taken> {
  const begun = performance.now();
  const encoded = await readFile(file).catch(() => undefined);
  if (!encoded) return notTaken(side, 'unreadable-image', millisecondsSince(begun));
  const picture = await decode(encoded, side === 'document' ? longestPage : longestSide);
  if (!picture.ok) return notTaken(side, picture.error, millisecondsSince(begun));
  return side === 'document'
    ? readDocument(picture.value, bench, begun)
    : readProbe(picture.value, bench, begun);
}

async function readDocument(picture: RgbImage, { models, holdings }: Bench, begun: number): Promise<Taken> {
  const page = { ...picture, data: picture.data.slice(), channels: 3, resolution } as const;
  const cut = await findPortrait(page, (image) => detectFaces(models, image));
  if (!cut.ok && cut.error === 'two-documents') {
    return notTaken('document', cut.error, millisecondsSince(begun));
  }
  // Where no page was recognised the picture may be the portrait itself.
  const upright = cut.ok ? cut.value.image : await makeUpright(models, picture);
  const looked = await lookAtPortrait(models, upright, begun);
  holdings.document = looked.portrait;
  return looked.taken;
}

async function readProbe(picture: RgbImage, { models, holdings }: Bench, begun: number): Promise<Taken> {
  const upright = await makeUpright(models, picture);
  const { assessment, portrait } = await lookAtProbe(models, upright);
  holdings.probe = portrait ? [{ portrait, quality: 1 }] : [];
  return taken(assessment.findings, millisecondsSince(begun));
}
