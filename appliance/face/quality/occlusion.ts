import { measured, type Measured, sigmoid } from './value.js';
import { median, type Skin, unlikeSkin } from './skin.js';

/** Skin about each eye: rings of the mesh on the lids and below, without the lashes and the eye itself. */
const aboutEyes = [
  [
    247, 30, 29, 27, 28, 56, 190, 25, 110, 24, 23, 22, 26, 112, 225, 224, 223, 222, 31, 228, 229, 230, 231,
    232,
  ],
  [
    467, 260, 259, 257, 258, 286, 414, 255, 339, 254, 253, 252, 256, 341, 445, 444, 443, 442, 261, 448, 449,
    450,
  ],
];

/** Brows, eyes and lips, which never have the colour of skin. */
const features = [
  70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276, 33, 7, 163, 144,
  145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246, 263, 249, 390, 373, 374, 380, 381, 382, 362,
  398, 384, 385, 386, 387, 388, 466, 61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0,
  267, 269, 270, 409, 78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310,
  415, 76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 408, 304, 303, 302, 11, 72, 73, 74, 184, 62, 96, 89,
  179, 86, 15, 316, 403, 319, 325, 292, 407, 272, 271, 268, 12, 38, 41, 42, 183,
];
/** The mesh's rim, where hair and background begin. */
const rim = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const skin = Array.from({ length: 468 }, (_, i) => i).filter(
  (index) => !features.includes(index) && !rim.includes(index),
);

/** The upper forehead, under the hair. */
const forehead = [10, 109, 67, 103, 338, 297, 332, 151, 108, 69, 104, 337, 299, 333];

/**
 * The part of the skin about the eyes that is not to be seen, 0 to 1; worth what the standard makes of the part that a
 * net for occlusion finds. Here whatever has not the colour of the person's own skin hides it: dark glasses
 * do, clear ones do not but by their rims, and so do heavy make-up and a deep shadow.
 */
export function eyesVisible(of: Skin): Measured {
  const hidden = unlikeSkin(of, aboutEyes.flat());
  return measured(hidden, 100 * (1 - hidden));
}

/**
 * How much darker it is about both eyes than on the rest of the skin, in natural logarithms of luma: 0.3 for most
 * people, more under a lamp at the ceiling, 1.2 and more behind dark glasses.
 */
export function shadeOnEyes(of: Skin): number {
  return -Math.max(...aboutEyes.map((ring) => median(ring.map((index) => of[index].luma))));
}

/** The part of the face, without brows, eyes and lips, that has not the colour of its skin, 0 to 1; a beard counts. */
export function faceOcclusionPrevention(of: Skin): Measured {
  const hidden = unlikeSkin(of, skin);
  return measured(hidden, 100 * (1 - hidden));
}

/** How likely it is that something is before the mouth, 0 to 1, for what `coveredMouth` says in log odds. */
export function mouthOcclusionPrevention(logOdds: number): Measured {
  const likely = sigmoid(logOdds, 0, 1);
  return measured(likely, 100 * (1 - likely));
}

/**
 * The part of the upper forehead that has not the colour of the person's skin, 0 to 1. The standard has a net that
 * knows cloth and hats. This sees what is worn low over the forehead, takes a fringe of hair for it as well, and does
 * not see a hat that leaves the forehead free.
 */
export function noHeadCoverings(of: Skin): Measured {
  const hidden = unlikeSkin(of, forehead);
  return measured(hidden, 100 * (1 - hidden));
}
