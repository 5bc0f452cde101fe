import { boundsOf, centreOf, squareAround } from '../box.js';
import type { Colour } from '../colours.js';
import { coloursOf } from '../colours.js';
import { mouthCoverLogOdds } from '../mouth-cover.js';
import type { Face } from '../faces.js';
import type { RgbImage } from '../image.js';
import { isGrey } from '../light.js';
import { crop, type Patch } from '../patch.js';
import { poseOf } from '../pose.js';
import { sharpnessOf } from '../sharpness.js';
import { closeUp } from '../close-up.js';
import { backgroundUniformity } from './background-uniformity.js';
import { cheeks } from './cheeks.js';
import { compressionArtifacts } from './compression-artifacts.js';
import { expressionNeutrality } from './expression-neutrality.js';
import { faceRegion } from './face-region.js';
import { crops, headPose, headSize, interEyeDistance } from './geometry.js';
import { illuminationUniformity } from './illumination-uniformity.js';
import {
  dynamicRange,
  histogramOf,
  luminanceMean,
  luminanceVariance,
  overExposurePrevention,
  underExposurePrevention,
} from './luminance.js';
import { naturalColour } from './natural-colour.js';
import {
  eyesVisible,
  faceOcclusionPrevention,
  mouthOcclusionPrevention,
  noHeadCoverings,
} from './occlusion.js';
import { eyesOpen, mouthClosed } from './openings.js';
import { singleFacePresent } from './single-face-present.js';
import { skinOf } from './skin.js';
import { measured, type Measured, type Quality, sigmoid } from './value.js';

/** In pixels: the height of the standard's aligned face, which has 113 pixels between the eyes. */
const fineHeight = 330;

/**
 * The quality of the first face, component by component. A component that cannot be measured is missing.
 *
 * @param faces at least one, from `findFaces`
 */
export async function qualityOf(picture: RgbImage, faces: readonly Face[]): Promise<Quality> {
  const [face] = faces;
  const view = await closeUp(picture, face.mesh);
  const background = await backgroundUniformity(picture, face.mesh);
  return {
    ...(background ? { 'background-uniformity': background } : {}),
    'illumination-uniformity': illuminationUniformity(cheeks(await cropFine(picture, face), face.mesh)),
    ...lightComponents(faceRegion(view, face.mesh)),
    sharpness: sharpness(sharpnessOf(view, face.mesh)),
    'compression-artifacts': await compressionArtifacts(picture, face.mesh),
    'natural-colour': naturalColour(cheeks(view, face.mesh)),
    'single-face-present': singleFacePresent(faces),
    'eyes-open': eyesOpen(face.mesh),
    'mouth-closed': mouthClosed(face.mesh),
    ...skinComponents(coloursOf(view, face.mesh), face),
    ...geometryComponents(picture, face),
    'expression-neutrality': expressionNeutrality(face.mesh),
  };
}

function cropFine(picture: RgbImage, { mesh }: Face): Promise<Patch> {
  const bounds = boundsOf(mesh.points);
  const side = Math.max(bounds.width, bounds.height);
  return crop(picture, squareAround(centreOf(bounds), side), fineHeight);
}

function lightComponents(region: readonly Colour[]): Quality {
  const histogram = histogramOf(region);
  return {
    'luminance-mean': luminanceMean(histogram),
    'luminance-variance': luminanceVariance(histogram),
    'under-exposure-prevention': underExposurePrevention(histogram),
    'over-exposure-prevention': overExposurePrevention(histogram),
    'dynamic-range': dynamicRange(histogram),
  };
}

function skinComponents(colours: readonly Colour[], { mesh }: Face): Quality {
  const skin = skinOf(colours);
  return {
    'eyes-visible': eyesVisible(skin),
    'mouth-occlusion-prevention': mouthOcclusionPrevention(
      mouthCoverLogOdds(skin, mesh.presence, isGrey(colours)),
    ),
    'face-occlusion-prevention': faceOcclusionPrevention(skin),
    'no-head-coverings': noHeadCoverings(skin),
  };
}

function geometryComponents(picture: RgbImage, face: Face): Quality {
  const pose = poseOf(face.mesh);
  return {
    'inter-eye-distance': interEyeDistance(face, pose),
    'head-size': headSize(picture, face),
    ...crops(picture, face),
    ...headPose(pose),
  };
}

/** The standard uses a classifier; this sigmoid was set on the limits at which pictures become hard to compare. */
function sharpness(native: number): Measured {
  return measured(native, 100 * sigmoid(native, 0.2, 0.04));
}
