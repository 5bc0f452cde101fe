import { centreTolerance, goodHeight } from '../../../appliance/face/framing.js';

/** From the chin to the hairline, in metres: an assumption, for an adult. */
const faceHeight = 0.19;

/** The height of what a camera sees, in metres, at a distance in metres; its vertical field of view is in degrees. */
function pictureHeight(angle: number, distance: number): number {
  return 2 * distance * Math.tan(((angle / 2) * Math.PI) / 180);
}

/**
 * How far, in metres, a visitor's face may be from a camera: the box asks for a face that fills between a quarter and
 * three quarters of the picture's height.
 *
 * @param angle the camera's vertical field of view in degrees
 */
export function goodDistance(angle: number): { readonly least: number; readonly most: number } {
  const ofOneMetre = pictureHeight(angle, 1);
  return {
    least: faceHeight / (goodHeight.most * ofOneMetre),
    most: faceHeight / (goodHeight.least * ofOneMetre),
  };
}

/** How far a face may be above or below the middle of the picture, in metres, before the visitor is asked to move. */
export function heightTolerance(angle: number, distance: number): number {
  return centreTolerance * pictureHeight(angle, distance);
}

/** A camera that may be used; none was tried. `angle` is its vertical field of view in degrees. */
export type Camera = { readonly name: string; readonly angle: number };

/** Raspberry Pi's documentation, "Camera", "Hardware specification". */
export const cameras: readonly Camera[] = [
  { name: 'Raspberry Pi Camera Module 3', angle: 41 },
  { name: 'Raspberry Pi Camera Module 2', angle: 48.8 },
  { name: 'Raspberry Pi Camera Module 3 Wide', angle: 67 },
];
