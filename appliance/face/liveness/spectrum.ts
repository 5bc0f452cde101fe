/**
 * The power spectrum of `side` × `side` complex values, row by row, after subtracting the mean and a Hann window. The
 * frequency of u, v cycles per side is at [v mod side][u mod side]. The spectrum of real values is symmetric.
 *
 * @param side a power of two
 * @param real the real parts; overwritten
 * @param imaginary the imaginary parts; overwritten
 */
export function powerSpectrum(real: Float64Array, imaginary: Float64Array, side: number): Float64Array {
  const cached = (tables[side] ??= tablesFor(side));
  applyWindow(real, side, cached);
  applyWindow(imaginary, side, cached);
  for (const [apart, stride] of [
    [side, 1],
    [1, side],
  ]) {
    bitReverse(real, side, apart, stride, cached);
    bitReverse(imaginary, side, apart, stride, cached);
    transform(real, imaginary, side, apart, stride, cached);
  }
  return real.map((value, i) => value * value + imaginary[i] * imaginary[i]);
}

function applyWindow(values: Float64Array, side: number, { window }: Tables): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) values[i] = (values[i] - mean) * window[x] * window[y];
  }
}

/** The bit-reversal permutation of all lines. Lines are `apart` from each other, values in a line `stride`. */
function bitReverse(
  values: Float64Array,
  side: number,
  apart: number,
  stride: number,
  { order }: Tables,
): void {
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

/** The fast Fourier transform of J. Cooley and J. Tukey (1965), in place, of all lines at once: see `bitReverse`. */
function transform(
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
  /** The bit-reversed index of each value. */
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
