import sharp from 'sharp';

import { detectTurned, overview, type Turn } from './detect.js';
import { uprightness, withMeshes } from './faces.js';
import type { RgbImage } from './image.js';
import type { FaceModels } from './sessions.js';

const turns: readonly Turn[] = [0, 1, 2, 3];

/** A head in profile, which the mesh was not made for, still reaches 0.35; what is no face stays under 0.05. */
const leastUprightness = 0.25;

/**
 * Turns a picture so that its faces stand upright: a card lies on the scanner any way round, and a technician's
 * picture may have lost its EXIF tag. A picture in which no face is sure of stays as it is.
 */
export async function makeUpright(models: FaceModels, picture: RgbImage): Promise<RgbImage> {
  const patch = await overview(models, picture);
  let best: { readonly turn: Turn; readonly uprightness: number } = {
    turn: 0,
    uprightness: leastUprightness,
  };
  for (const turn of turns) {
    const surest = (await detectTurned(models, patch, turn)).slice(0, 1);
    for (const face of await withMeshes(models, picture, surest)) {
      if (uprightness(face, turn) > best.uprightness) best = { turn, uprightness: uprightness(face, turn) };
    }
  }
  return best.turn === 0 ? picture : turned(picture, best.turn);
}

/** The picture turned clockwise by quarters. */
async function turned({ data, width, height }: RgbImage, turn: Turn): Promise<RgbImage> {
  const rotated = await sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(turn * 90)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: rotated.data, width: rotated.info.width, height: rotated.info.height };
}
