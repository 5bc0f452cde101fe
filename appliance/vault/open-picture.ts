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

/** In pixels, what a larger picture is shrunk to: a document may be a whole A4 page, at 300 dpi this high. */
export const longest: Readonly<Record<Side, number>> = { document: 3508, probe: longestSide };
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
  const picture = await decode(encoded, longest[side]);
  return picture.ok ? standUp(models, side, picture.value) : picture;
}

/** The part of a picture that a visit looks at, turned upright; `two-documents` as `openPicture` has it. */
export async function standUp(
  models: FaceModels,
  side: Side,
  picture: RgbImage,
): Promise<Result<RgbImage, FindingCode>> {
  return side === 'document' ? cutPortrait(models, picture) : ok(await makeUpright(models, picture));
}

async function cutPortrait(models: FaceModels, picture: RgbImage): Promise<Result<RgbImage, FindingCode>> {
  // Copied: what is looked over is zeroed afterwards, and the slice of a Buffer would be the same memory.
  const page = { ...picture, data: new Uint8Array(picture.data), channels: 3, resolution } as const;
  const cut = await findPortrait(page, (image) => detectFaces(models, image));
  if (!cut.ok && cut.error === 'two-documents') return cut;
  // Where no page was recognised the picture may be the portrait itself.
  return ok(cut.ok ? cut.value.image : await makeUpright(models, picture));
}
