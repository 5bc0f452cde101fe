/**
 * The power spectrum of a square of `side` × `side` complex values, Hann-windowed and without their mean, row by row;
 * the frequency u, v cycles a side stands at [v mod side][u mod side]. That of real values is its own mirror image.
 *
 * @param side a power of two
 * @param real and @param imaginary: the values; they are used up
 */
export function powerSpectrum(real: Float64Array, imaginary: Float64Array, side: number): Float64Array {
  const its = (tables[side] ??= tablesFor(side));
  windowed(real, side, its);
  windowed(imaginary, side, its);
  for (const [apart, stride] of [
    [side, 1],
    [1, side],
  ]) {
    sorted(real, side, apart, stride, its);
    sorted(imaginary, side, apart, stride, its);
    transformed(real, imaginary, side, apart, stride, its);
  }
  return real.map((value, i) => value * value + imaginary[i] * imaginary[i]);
}

function windowed(values: Float64Array, side: number, { window }: Tables): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) values[i] = (values[i] - mean) * window[x] * window[y];
  }
}

/** Puts the values of all lines, which lie `apart` from each other, in order; in a line they lie `stride` apart. */
function sorted(values: Float64Array, side: number, apart: number, stride: number, { order }: Tables): void {
  for (let i = 0; i < side; i++) {
    if (i >= order[i]) continue;
    for (let line = 0; line < side; line++) {
      const [a, b] = [line * apart + i * stride, line * apart + order[i] * stride];
      const kept = values[a];
      values[a] = values[b];
      values[b] = kept;
    }
  }
}

/** J. Cooley's and J. Tukey's fast Fourier transform (1965), in place, of all lines at once: see `sorted`. */
function transformed(
  real: Float64Array,
  imaginary: Float64Array,
  side: number,
  apart: number,
  stride: number,
  { cosines, sines }: Tables,
): void {
  for (let half = 1; half < side; half *= 2) {
    for (let k = 0; k < half; k++) {
      const cos = cosines[(k * side) / (2 * half)];
      const sin = sines[(k * side) / (2 * half)];
      for (let start = k; start < side; start += 2 * half) {
        const distance = half * stride;
        let a = start * stride;
        for (let line = 0; line < side; line++, a += apart) {
          const b = a + distance;
          const x = real[b] * cos - imaginary[b] * sin;
          const y = real[b] * sin + imaginary[b] * cos;
          real[b] = real[a] - x;
          imaginary[b] = imaginary[a] - y;
          real[a] += x;
          imaginary[a] += y;
        }
      }
    }
  }
}

type Tables = {
  readonly window: Float64Array;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  /** Where each value goes before the transform: its number with the bits the other way about. */
  readonly order: Uint16Array;
};
const tables: Record<number, Tables> = {};

function tablesFor(side: number): Tables {
  const each = (value: (i: number) => number) => Float64Array.from({ length: side }, (_, i) => value(i));
  const bits = Math.log2(side);
  const reversed = (i: number) => parseInt(i.toString(2).padStart(bits, '0').split('').reverse().join(''), 2);
  return {
    window: each((i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side)),
    cosines: each((i) => Math.cos((2 * Math.PI * i) / side)),
    sines: each((i) => -Math.sin((2 * Math.PI * i) / side)),
    order: Uint16Array.from({ length: side }, (_, i) => reversed(i)),
  };
}
