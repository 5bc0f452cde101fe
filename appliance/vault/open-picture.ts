import { readFile } from 'node:fs/promises';

import { decode } from '../face/decode.js';
import { detectFaces } from '../face/detect.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { makeUpright } from '../face/upright.js';
import type { FindingCode, Side } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { findPortrait } from '../scanner/portrait.js';
import { longestSide } from './probe.js';

/** In pixels: a document may be a whole A4 page, which at 300 dpi is this high. */
const longestPage = 3508;
/** In dots per inch: a page that fills a picture of that height. */
const resolution = 300;

/**
 * Reads a technician's picture file: of a visitor the whole picture, of a document the part about its portrait,
 * each turned upright.
 *
 * @returns `unreadable-image` and `image-too-large` as `decode` has them, `two-documents` for more than one portrait
 */
export async function openPicture(
  models: FaceModels,
  side: Side,
  file: string,
): Promise<Result<RgbImage, FindingCode>> {
  const encoded = await readFile(file).catch(() => undefined);
  if (!encoded) return err('unreadable-image');
  const picture = await decode(encoded, side === 'document' ? longestPage : longestSide);
  if (!picture.ok) return picture;
  return side === 'document'
    ? openDocument(models, picture.value)
    : ok(await makeUpright(models, picture.value));
}

async function openDocument(models: FaceModels, picture: RgbImage): Promise<Result<RgbImage, FindingCode>> {
  const page = { ...picture, data: picture.data.slice(), channels: 3, resolution } as const;
  const cut = await findPortrait(page, (image) => detectFaces(models, image));
  if (!cut.ok && cut.error === 'two-documents') return cut;
  // Where no page was recognised the picture may be the portrait itself.
  return ok(cut.ok ? cut.value.image : await makeUpright(models, picture));
}
