import type { Point, RgbImage } from '../face/image.js';
import type { Rectangle } from './geometry.js';

/** A face as the detector saw it; box and points in pixels of the picture that it was given. */
export type DetectedFace = {
  readonly box: Rectangle;
  /** The eye that lies left in an upright picture, the other eye, the nose, the mouth, and what else there is. */
  readonly keypoints: readonly Point[];
  /** 0 to 1. */
  readonly score: number;
};

/** The detector, handed in. It is shown pictures of at most `view` pixels each way. */
export type Detect = (image: RgbImage) => Promise<readonly DetectedFace[]>;

/** Side of the detector's own input, in pixels: a larger picture would show it no more. */
export const view = 256;
