import { closeUp } from './close-up.js';
import { coloursOf } from './colours.js';
import { coveredMouth } from './covered.js';
import type { Face } from './faces.js';
import type { RgbImage } from './image.js';
import { isGrey, type Light, lightOn } from './light.js';
import { eyeDistance, type Pose, poseOf } from './pose.js';
import { sharpnessOf } from './sharpness.js';

/** What can be measured of one face in a picture. */
export type Measures = {
  readonly pose: Pose;
  readonly light: Light;
  readonly sharpness: number;
  /** Between the middles of the eyes, in the picture's pixels. */
  readonly eyeDistance: number;
  /** Log odds of something before the mouth. */
  readonly covered: number;
  /** The picture has no colours. */
  readonly grey: boolean;
};

export async function measure(picture: RgbImage, { mesh }: Face): Promise<Measures> {
  const view = await closeUp(picture, mesh);
  const colours = coloursOf(view, mesh);
  return {
    pose: poseOf(mesh),
    light: lightOn(colours),
    sharpness: sharpnessOf(view, mesh),
    eyeDistance: eyeDistance(mesh),
    covered: coveredMouth(colours, mesh.presence),
    grey: isGrey(colours),
  };
}
