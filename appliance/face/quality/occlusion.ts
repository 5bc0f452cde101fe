import { measured, type Measured, sigmoid } from './value.js';
import { median, type Skin, nonSkinFraction } from './skin.js';

/** Mesh points of skin around each eye: on the lids and below, without lashes and eye. */
const aroundEyes = [
  [
    247, 30, 29, 27, 28, 56, 190, 25, 110, 24, 23, 22, 26, 112, 225, 224, 223, 222, 31, 228, 229, 230, 231,
    232,
  ],
  [
    467, 260, 259, 257, 258, 286, 414, 255, 339, 254, 253, 252, 256, 341, 445, 444, 443, 442, 261, 448, 449,
    450,
  ],
];

/** Mesh points of brows, eyes and lips, which are not skin-coloured. */
const features = [
  70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276, 33, 7, 163, 144,
  145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246, 263, 249, 390, 373, 374, 380, 381, 382, 362,
  398, 384, 385, 386, 387, 388, 466, 61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0,
  267, 269, 270, 409, 78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310,
  415, 76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 408, 304, 303, 302, 11, 72, 73, 74, 184, 62, 96, 89,
  179, 86, 15, 316, 403, 319, 325, 292, 407, 272, 271, 268, 12, 38, 41, 42, 183,
];
/** Mesh points of the face's outline, where hair and background begin. */
const rim = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const skin = Array.from({ length: 468 }, (_, i) => i).filter(
  (index) => !features.includes(index) && !rim.includes(index),
);

/** Mesh points of the upper forehead, below the hair. */
const forehead = [10, 109, 67, 103, 338, 297, 332, 151, 108, 69, 104, 337, 299, 333];

/**
 * The covered fraction of the skin around the eyes, 0 to 1; the standard's mapping, for which it uses an occlusion
 * net. Here everything that differs from the person's skin colour counts as covering: dark glasses, rims of clear
 * ones, heavy make-up and deep shadows.
 */
export function eyesVisible(of: Skin): Measured {
  const hidden = nonSkinFraction(of, aroundEyes.flat());
  return measured(hidden, 100 * (1 - hidden));
}

/**
 * The darkness around both eyes relative to the rest of the skin, in natural logarithms of luma: 0.3 for most people,
 * more under a ceiling lamp, 1.2 and more behind dark glasses.
 */
export function shadeOnEyes(of: Skin): number {
  return -Math.max(...aroundEyes.map((ring) => median(ring.map((index) => of[index].luma))));
}

/** The fraction of the face, without brows, eyes and lips, that differs from its skin colour, 0 to 1; beards count. */
export function faceOcclusionPrevention(of: Skin): Measured {
  const hidden = nonSkinFraction(of, skin);
  return measured(hidden, 100 * (1 - hidden));
}

/** The probability that the mouth is covered, 0 to 1, from the log odds. */
export function mouthOcclusionPrevention(logOdds: number): Measured {
  const likely = sigmoid(logOdds, 0, 1);
  return measured(likely, 100 * (1 - likely));
}

/**
 * The fraction of the upper forehead that differs from the person's skin colour, 0 to 1. The standard uses a net that
 * recognises cloth and hats. This measure sees what is worn low over the forehead, mistakes a fringe for it, and
 * misses a hat that leaves the forehead free.
 */
export function noHeadCoverings(of: Skin): Measured {
  const hidden = nonSkinFraction(of, forehead);
  return measured(hidden, 100 * (1 - hidden));
}
