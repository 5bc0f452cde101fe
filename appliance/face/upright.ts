import sharp from 'sharp';

import { detectTurned, overview, type Turn } from './detect.js';
import { uprightness, fitMeshes } from './faces.js';
import type { RgbImage } from './image.js';
import type { FaceModels } from './sessions.js';

const turns: readonly Turn[] = [0, 1, 2, 3];

/** Even a head in profile, for which the mesh was not made, reaches 0.35; false detections stay under 0.05. */
const uprightnessThreshold = 0.25;

/**
 * Rotates a picture so that its faces are upright: a card may lie on the scanner in any orientation, and a
 * technician's picture may have lost its EXIF tag. A picture without a certain face is not rotated.
 */
export async function makeUpright(models: FaceModels, picture: RgbImage): Promise<RgbImage> {
  const patch = await overview(models, picture);
  let best: { readonly turn: Turn; readonly uprightness: number } = {
    turn: 0,
    uprightness: uprightnessThreshold,
  };
  for (const turn of turns) {
    const surest = (await detectTurned(models, patch, turn)).slice(0, 1);
    for (const face of await fitMeshes(models, picture, surest)) {
      if (uprightness(face, turn) > best.uprightness) best = { turn, uprightness: uprightness(face, turn) };
    }
  }
  return best.turn === 0 ? picture : turned(picture, best.turn);
}

/** The picture rotated clockwise by quarter turns. */
async function turned({ data, width, height }: RgbImage, turn: Turn): Promise<RgbImage> {
  const rotated = await sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(turn * 90)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: rotated.data, width: rotated.info.width, height: rotated.info.height };
}
