import type { Skin, Tone } from './quality/skin.js';
import { clamp } from './quality/value.js';

/** Mesh points of skin above a mask: forehead, root of the nose, upper cheeks. */
const above = [9, 151, 107, 336, 8, 168, 117, 346, 108, 337];
const nose = [1, 4, 5, 45, 275, 44, 274, 195];
const nostrils = [98, 327, 97, 326, 2, 94];
const groove = [164, 167, 393, 165, 391];
const upperLip = [0, 37, 267, 39, 269, 40, 270];
const lowerLip = [17, 84, 314, 181, 405, 91, 321];
/** Mesh points where the lips meet. */
const between = [13, 14, 82, 312, 87, 317, 81, 311];
const corners = [57, 287, 186, 410, 43, 273, 106, 335];
const chin = [199, 175, 200, 18, 201, 421];
const cheeks = [205, 425, 207, 427, 50, 280, 36, 266, 203, 423];
const lips = [...upperLip, ...lowerLip, ...between];

/**
 * The log odds that something covers the mouth: above 0 it is more likely than not.
 *
 * Both sums are logistic regressions, with masked and bare faces weighted equally, on 51 pictures from the packages
 * face-api and human, without the people in `measuring` of `models/gate/people.ts`: bare, with drawn beards, lipstick
 * and glasses, in dim, warm and sideways light; and with drawn masks in seven fixed and in random colours, plain,
 * folded, flowered and striped, over the nose and below it.
 *
 * @param presence the mesh's presence score
 * @param grey whether the picture has no colours
 */
export function mouthCoverLogOdds(face: Skin, presence: number, grey: boolean): number {
  return grey ? coveredInGrey(face, presence) : coveredInColour(face, presence);
}

/**
 * Signs of a cover: a low presence score; nose and chin of another colour than the skin above, the nose brighter or
 * darker and the lips brighter; lips no redder than their surroundings, with little texture and no dark line between
 * them; nostrils no darker than the tip of the nose.
 */
function coveredInColour(face: Skin, presence: number): number {
  const surroundings = [chin, corners, cheeks, groove].reduce(
    (sum, part) => sum + mean(face, part, red) / 4,
    0,
  );
  const [upper, lower] = [upperLip, lowerLip].map((lip) => ({
    red: mean(face, lip, red),
    luma: mean(face, lip, luma),
  }));
  const line = (upper.luma + lower.luma) / 2 - mean(face, between, luma);
  return (
    -1.27 -
    0.86 * presenceLogOdds(presence) +
    3.2 * colourDifference(face, nose) +
    3.22 * colourDifference(face, chin) +
    3.91 * Math.min(Math.abs(relativeBrightness(face, nose)), 1.2) +
    3.62 *
      clamp(
        (relativeBrightness(face, upperLip) +
          relativeBrightness(face, lowerLip) +
          relativeBrightness(face, between)) /
          3,
        -0.3,
        0.7,
      ) -
    11.4 * ((upper.red + lower.red) / 2 - surroundings) -
    2.26 * line -
    5.76 * depthOfNostrils(face) -
    2.1 * texture(face, lips)
  );
}

/**
 * Without colours a dark mask cannot be told from a beard by its brightness, so only a brighter one counts; and a
 * mask is as smooth at the lips as at nose and cheeks. The constant was raised by 0.75 for the same rate of false
 * alarms as in colour.
 */
function coveredInGrey(face: Skin, presence: number): number {
  return (
    2.87 -
    0.87 * presenceLogOdds(presence) +
    8.23 * clamp(relativeBrightness(face, nose), 0, 1) -
    8.27 * depthOfNostrils(face) -
    3.62 * texture(face, lips) +
    2.3 * texture(face, [...nose, ...nostrils, ...cheeks])
  );
}

/** How much brighter points are than the skin above a mask, in natural logarithms. */
function relativeBrightness(face: Skin, indices: readonly number[]): number {
  return mean(face, indices, luma) - mean(face, above, luma);
}

/** The log odds of presence, clamped to the range in which they are informative. */
function presenceLogOdds(presence: number): number {
  return clamp(Math.log(presence / (1 - presence)), -3, 9);
}

/** The mean colour difference of points from the skin above a mask, each clamped to 1. */
function colourDifference(face: Skin, indices: readonly number[]): number {
  const [ownRed, ownBlue] = [mean(face, above, red), mean(face, above, blue)];
  const difference = (tone: Tone) => Math.min(Math.hypot(tone.red - ownRed, tone.blue - ownBlue) / 0.3, 1);
  return mean(face, indices, difference);
}

function depthOfNostrils(face: Skin): number {
  return mean(face, nose, luma) - mean(face, nostrils, luma);
}

/** The logarithm of the standard deviation of luma over points. */
function texture(face: Skin, indices: readonly number[]): number {
  const middle = mean(face, indices, luma);
  return Math.log(Math.sqrt(mean(face, indices, (tone) => (tone.luma - middle) ** 2)) + 0.01);
}

function luma(tone: Tone): number {
  return tone.luma;
}

function red(tone: Tone): number {
  return tone.red;
}

function blue(tone: Tone): number {
  return tone.blue;
}

function mean(face: Skin, indices: readonly number[], of: (tone: Tone) => number): number {
  return indices.reduce((sum, index) => sum + of(face[index]), 0) / indices.length;
}
