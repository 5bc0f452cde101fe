import { readFile } from 'node:fs/promises';

import { decode } from '../face/decode.js';
import { detectFaces } from '../face/detect.js';
import type { RgbImage } from '../face/image.js';
import type { FaceModels } from '../face/sessions.js';
import { pictureType } from '../face/picture-type.js';
import { makeUpright } from '../face/upright.js';
import type { FindingCode, Side } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { findPortrait } from '../scanner/portrait.js';
import { longestProbeSide } from './assess-frame.js';

/** In pixels; larger pictures are scaled down. A document may be an A4 page, which at 300 dpi is this high. */
export const longestSide: Readonly<Record<Side, number>> = { document: 3508, probe: longestProbeSide };
/** In dots per inch: that of an A4 page of this height. */
const resolution = 300;

/**
 * Reads a technician's picture file and turns it upright. A document is cropped to its portrait.
 *
 * @returns `picture-type-unsupported` for another format than those of `decode`; `unreadable-image` and
 *   `image-too-large` as from it; `two-documents` if there are several portraits
 */
export async function openPicture(
  models: FaceModels,
  side: Side,
  file: string,
): Promise<Result<RgbImage, FindingCode>> {
  const encoded = await readFile(file).catch(() => undefined);
  if (!encoded) return err('unreadable-image');
  if (!pictureType(encoded)) return err('picture-type-unsupported');
  const picture = await decode(encoded, longestSide[side]);
  return picture.ok ? cropUpright(models, side, picture.value) : picture;
}

/** The part of a picture that a visit assesses, turned upright; `two-documents` as from `openPicture`. */
export async function cropUpright(
  models: FaceModels,
  side: Side,
  picture: RgbImage,
): Promise<Result<RgbImage, FindingCode>> {
  return side === 'document' ? cropPortrait(models, picture) : ok(await makeUpright(models, picture));
}

async function cropPortrait(models: FaceModels, picture: RgbImage): Promise<Result<RgbImage, FindingCode>> {
  // `findPortrait` zeroes its page. `slice` of a Buffer would share the picture's memory.
  const page = { ...picture, data: new Uint8Array(picture.data), channels: 3, resolution } as const;
  const cut = await findPortrait(page, (image) => detectFaces(models, image));
  if (!cut.ok && cut.error === 'two-documents') return cut;
  // Without a page in it the picture may be the portrait itself.
  return ok(cut.ok ? cut.value.image : await makeUpright(models, picture));
}
