import type { Face } from '../faces.js';
import { measured, type Measured } from './value.js';

/**
 * The square root of the ratio of the second largest face's area to the largest one's, 0 to 1: the standard's
 * measure. Weaker than the standard's, because background faces of less than half the width are ignored beforehand.
 */
export function singleFacePresent(faces: readonly Face[]): Measured {
  const areas = faces.map(({ box }) => box.width * box.height).sort((one, other) => other - one);
  const ratio = areas.length > 1 ? Math.sqrt(areas[1] / areas[0]) : 0;
  return measured(ratio, 100 * (1 - ratio));
}
