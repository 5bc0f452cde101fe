import { decode } from '../../appliance/face/decode.js';
import type { Face } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { seededRandom } from '../random.js';
import { drawBackground, renderFrame } from '../pad/film.js';
import { portraitFrom } from '../pad/portrait.js';
import { headActor } from '../pad/head-actor.js';

/** The head's position in the frame, with 80 pixels between the eyes. */
const place = { x: 400, y: 250, size: 80 } as const;

/** Renders the head from its own mesh, looking this many degrees to the picture's right and down. */
export async function turned(picture: RgbImage, face: Face, yaw: number, pitch = 0): Promise<RgbImage> {
  const random = seededRandom(1);
  const head = headActor(portraitFrom(picture, face), random);
  const seen = await decode(
    await renderFrame(
      head,
      { ...place, yaw, pitch, roll: 0, closed: 0 },
      await drawBackground(random),
      random,
    ),
  );
  if (!seen.ok) throw new Error('a rendered head cannot be decoded');
  return seen.value;
}
