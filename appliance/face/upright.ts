import sharp from 'sharp';

import { detectTurned, overview, type Turn } from './detect.js';
import { confirmFaces, type Face, findFaces } from './faces.js';
import type { RgbImage } from './image.js';
import type { FaceModels } from './sessions.js';

/** A picture as its faces stand upright, and those faces in its pixels, the surest first. */
export type Upright = { readonly picture: RgbImage; readonly faces: readonly Face[] };

const turns: readonly Turn[] = [0, 1, 2, 3];

/**
 * Turns a picture so that its faces stand upright: a card lies on the scanner any way round, and a technician's
 * picture may have lost its EXIF tag. At every turn something looks like a face; at the right one, most.
 */
export async function makeUpright(models: FaceModels, picture: RgbImage): Promise<Upright> {
  const patch = await overview(models, picture);
  let best: { readonly turn: Turn; readonly faces: readonly Face[] } = { turn: 0, faces: [] };
  for (const turn of turns) {
    const faces = await confirmFaces(models, picture, await detectTurned(models, patch, turn), turn);
    if (scoreOf(faces) > scoreOf(best.faces)) best = { turn, faces };
  }
  if (best.turn === 0) return { picture, faces: best.faces };
  const upright = await turned(picture, best.turn);
  return { picture: upright, faces: await findFaces(models, upright) };
}

function scoreOf(faces: readonly Face[]): number {
  return faces.at(0)?.score ?? 0;
}

/** The picture turned clockwise by quarters. */
async function turned({ data, width, height }: RgbImage, turn: Turn): Promise<RgbImage> {
  const rotated = await sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(turn * 90)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: rotated.data, width: rotated.info.width, height: rotated.info.height };
}
