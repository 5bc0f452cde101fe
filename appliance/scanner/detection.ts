import type { Point, RgbImage } from '../face/image.js';
import type { Rectangle } from './geometry.js';

/** A detected face; box and points in pixels of the detector's picture. */
export type DetectedFace = {
  readonly box: Rectangle;
  /** The left eye in an upright picture, the other eye, the nose, the mouth, and possibly more. */
  readonly keypoints: readonly Point[];
  /** 0 to 1. */
  readonly score: number;
};

/** The detector, passed in. Its pictures have at most `view` pixels on each side. */
export type Detect = (image: RgbImage) => Promise<readonly DetectedFace[]>;

/** Side of the detector's input, in pixels; a larger picture would add no detail. */
export const detectorSide = 256;
