import { closeUp } from './close-up.js';
import { coloursOf } from './colours.js';
import { mouthCoverLogOdds } from './mouth-cover.js';
import type { Face } from './faces.js';
import type { RgbImage } from './image.js';
import { isGrey, type Light, lightOn } from './light.js';
import { type Pose, poseOf } from './pose.js';
import { cheeks } from './quality/cheeks.js';
import { hasSkinColours } from './skin-colours.js';
import { glareOn } from './quality/glare.js';
import { eyeDistance } from './quality/landmarks.js';
import { shadeOnEyes } from './quality/occlusion.js';
import { eyeOpening } from './quality/openings.js';
import { skinOf } from './quality/skin.js';
import { unevenLight } from './quality/uneven-light.js';
import { sharpnessOf } from './sharpness.js';

/** What is measured of a face in every frame: only what its close-up and its mesh give cheaply. */
export type Measures = {
  readonly pose: Pose;
  readonly light: Light;
  /** Natural logarithm of the ratio of the cheeks' brightness. */
  readonly uneven: number;
  /** The fraction of the face under a reflection. */
  readonly glare: number;
  readonly sharpness: number;
  /** Pixels between the centres of the eyes. */
  readonly eyeDistance: number;
  /** Opening of the less open eye, relative to the distance from eyes to chin. */
  readonly eyesOpen: number;
  /** Darkness around both eyes relative to the skin, in natural logarithms. */
  readonly shadeOnEyes: number;
  /** Log odds that something covers the mouth. */
  readonly mouthCover: number;
  /** Whether the picture has no colours. */
  readonly grey: boolean;
  /** See `hasSkinColours`. */
  readonly skinColours: boolean;
};

export async function measure(picture: RgbImage, { mesh }: Face): Promise<Measures> {
  const view = await closeUp(picture, mesh);
  const colours = coloursOf(view, mesh);
  const grey = isGrey(colours);
  const skin = skinOf(colours);
  const zones = cheeks(view, mesh);
  return {
    pose: poseOf(mesh),
    light: lightOn(colours),
    uneven: unevenLight(zones),
    glare: glareOn(colours),
    sharpness: sharpnessOf(view, mesh),
    eyeDistance: eyeDistance(mesh),
    eyesOpen: eyeOpening(mesh),
    shadeOnEyes: shadeOnEyes(skin),
    mouthCover: mouthCoverLogOdds(skin, mesh.presence, grey),
    grey,
    skinColours: hasSkinColours(colours, zones),
  };
}
