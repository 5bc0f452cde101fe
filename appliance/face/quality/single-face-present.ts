import type { Face } from '../faces.js';
import { measured, type Measured } from './value.js';

/**
 * How near the second largest face comes to the largest, 0 to 1: the standard's root of the ratio of their areas.
 * Weaker than the standard's in that faces in the background, of less than half the width, are left out beforehand.
 */
export function singleFacePresent(faces: readonly Face[]): Measured {
  const areas = faces.map(({ box }) => box.width * box.height).sort((one, other) => other - one);
  const nearness = areas.length > 1 ? Math.sqrt(areas[1] / areas[0]) : 0;
  return measured(nearness, 100 * (1 - nearness));
}
