import { powerSpectrum } from './spectrum.js';

/** Pixels along a patch: the middle of a face at the camera's own resolution. */
export const patchSide = 128;

/** In cycles a patch: slower waves are the face's own shapes. */
const slowest = 9;
/** Frequencies are compared with those of about the same length, in rings this wide. */
const ring = 3;

/**
 * How much one wave stands out of a patch: the strongest peak of the spectrum over the median of its ring. Skin,
 * hair and a sensor's noise spread over a ring; the beat of a screen's grid with the camera's does not.
 *
 * @param values `patchSide` × `patchSide` of one channel or of the difference of two
 */
export function periodicity(values: ArrayLike<number>): number {
  const power = powerSpectrum(values, patchSide);
  const rings: number[][] = [];
  const half = patchSide / 2;
  const at = (u: number, v: number): number =>
    power[((v + patchSide) % patchSide) * patchSide + ((u + patchSide) % patchSide)];
  // Half of the plane: the other half mirrors it.
  for (let v = 0; v < half; v++) {
    for (let u = -half; u < half; u++) {
      const length = Math.hypot(u, v);
      if (length < slowest || length >= half) continue;
      const sum = at(u, v) + at(u - 1, v) + at(u + 1, v) + at(u, v - 1) + at(u, v + 1);
      (rings[Math.floor((length - slowest) / ring)] ??= []).push(sum);
    }
  }
  return Math.max(...rings.map((powers) => Math.max(...powers) / (middle(powers) + 1e-9)));
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
