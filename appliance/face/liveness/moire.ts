import { lumaOf } from '../colours.js';
import type { Point, RgbImage } from '../image.js';
import { powerSpectrum } from './spectrum.js';

/** The side of a patch of skin, in pixels of the camera. */
const patchSide = 64;

/** The centres of the patches, in mediapipe's numbering: forehead, cheeks, nose, chin. */
const places = [151, 205, 425, 5, 199] as const;

/** The power spectra of the skin in one frame; see `powerSpectrum`. */
export type SkinSpectra = {
  /** For each patch, of its colour as a complex number whose angle is the hue. */
  readonly colour: readonly Float64Array[];
  /** Of the luma: the mean of the patches' logarithms. */
  readonly luma: Float64Array;
};

/** @param points the 468 points of the face in the picture */
export function skinSpectra(picture: RgbImage, points: readonly Point[]): SkinSpectra {
  const product = new Float64Array(size).fill(1);
  const colour = places.map((place) => {
    const { luma, one, other } = patchAt(picture, points[place]);
    const power = powerSpectrum(luma, new Float64Array(size), patchSide);
    // The offset keeps a patch without any wave from dominating.
    for (let i = 0; i < size; i++) product[i] *= power[i] + 1e-3;
    return powerSpectrum(one, other, patchSide);
  });
  return { colour, luma: product.map((powers) => Math.log(powers) / places.length) };
}

/**
 * How strongly the hue rotates along one direction, as it does where a screen's red, green and blue stripes beat with
 * the camera's pixels: the excess of the strongest colour wave over the one with the opposite rotation, relative to
 * that one plus the median of its ring of frequencies. Redness and shades of skin oscillate between two colours,
 * which gives equal waves in both rotations. A screen covers all patches, while a mouth or a lock of hair covers one:
 * the second lowest patch counts.
 */
export function hueRotation(frames: readonly SkinSpectra[]): number {
  const excess = places.map((_, patch) => {
    const power = smoothed(meanOf(frames.map(({ colour }) => colour[patch])));
    let most = 0;
    for (const ring of rings.colour) {
      const medianPower = median(ring.map((i) => power[i]));
      for (const i of ring) {
        const back = power[mirrored(i)];
        most = Math.max(most, (power[i] - back) / (back + medianPower + 1e-9));
      }
    }
    return most;
  });
  return excess.sort((one, other) => one - other)[1];
}

/**
 * How far one luma wave stands out on all patches and in all frames: the natural logarithm of the strongest
 * frequency's power over the median of its ring. Skin and noise spread over frequencies and differ between patches;
 * the beat of a screen's grid does not.
 */
export function steadyLumaWave(frames: readonly SkinSpectra[]): number {
  const power = meanOf(frames.map(({ luma }) => luma));
  return Math.max(
    ...rings.luma.map((ring) => {
      const powers = ring.map((i) => power[i]);
      return Math.max(...powers) - median(powers);
    }),
  );
}

const size = patchSide * patchSide;

/** Luma, and two orthogonal colour axes that are 0 for grey. Beyond the picture its edge is repeated. */
function patchAt({ data, width, height }: RgbImage, { x, y }: Point) {
  const inside = (value: number, end: number) => Math.min(Math.max(value, 0), end - 1);
  const [left, top] = [Math.round(x - patchSide / 2), Math.round(y - patchSide / 2)];
  const [luma, one, other] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let row = 0, i = 0; row < patchSide; row++) {
    const start = inside(top + row, height) * width;
    for (let column = 0; column < patchSide; column++, i++) {
      const at = 3 * (start + inside(left + column, width));
      const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
      luma[i] = lumaOf({ red, green, blue });
      one[i] = (2 * red - green - blue) / Math.sqrt(6);
      other[i] = (green - blue) / Math.SQRT2;
    }
  }
  return { luma, one, other };
}

/**
 * Rings of frequencies, each two cycles per patch wide. Lower frequencies are the shapes of the face. JPEG halves the
 * resolution of colour, so higher colour frequencies are not the skin's.
 */
const rings = {
  colour: ringsOf(2, 0.27 * patchSide, () => true),
  luma: ringsOf(8, patchSide / 2, isFree),
};

function ringsOf(slowest: number, fastest: number, counts: (u: number, v: number) => boolean): number[][] {
  const found: number[][] = [];
  for (let i = 0; i < size; i++) {
    const [u, v] = [signed(i % patchSide), signed(Math.floor(i / patchSide))];
    const length = Math.hypot(u, v);
    if (length >= slowest && length < fastest && counts(u, v)) {
      (found[Math.floor((length - slowest) / 2)] ??= []).push(i);
    }
  }
  return found;
}

/** Whether a frequency is free of those that JPEG's blocks of 8 pixels cause along both axes. */
function isFree(u: number, v: number): boolean {
  const nearBlocks = (w: number) => Math.abs(w - 8 * Math.round(w / 8)) <= 1;
  return !(Math.abs(v) <= 1 && nearBlocks(u)) && !(Math.abs(u) <= 1 && nearBlocks(v));
}

function signed(index: number): number {
  return index < patchSide / 2 ? index : index - patchSide;
}

/** The index of the frequency with the opposite rotation. */
function mirrored(i: number): number {
  const [column, row] = [i % patchSide, Math.floor(i / patchSide)];
  return ((patchSide - row) % patchSide) * patchSide + ((patchSide - column) % patchSide);
}

function meanOf(spectra: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(size);
  for (const spectrum of spectra) for (let i = 0; i < size; i++) mean[i] += spectrum[i] / spectra.length;
  return mean;
}

/** The sum over each 3 × 3 neighbourhood: on a slightly tilted screen a wave is not exactly one frequency. */
function smoothed(power: Float64Array): Float64Array {
  const across = power.map((value, i) => {
    const [start, column] = [i - (i % patchSide), i % patchSide];
    return (
      value +
      power[start + ((column + 1) % patchSide)] +
      power[start + ((column + patchSide - 1) % patchSide)]
    );
  });
  return across.map(
    (value, i) => value + across[(i + patchSide) % size] + across[(i + size - patchSide) % size],
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
