/**
 * The power spectrum of a square of `side` × `side` complex values, Hann-windowed and without their mean, row by row;
 * the frequency u, v cycles a side stands at [v mod side][u mod side]. That of real values is its own mirror image.
 *
 * @param side a power of two
 * @param real and @param imaginary: the values; they are used up
 */
export function powerSpectrum(real: Float64Array, imaginary: Float64Array, side: number): Float64Array {
  const { window, cosines, sines, order } = (tables[side] ??= tablesFor(side));
  const size = side * side;
  let [realMean, imaginaryMean] = [0, 0];
  for (let i = 0; i < size; i++) {
    realMean += real[i] / size;
    imaginaryMean += imaginary[i] / size;
  }
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      const weight = window[x] * window[y];
      real[i] = (real[i] - realMean) * weight;
      imaginary[i] = (imaginary[i] - imaginaryMean) * weight;
    }
  }
  transformAll(side, 1);
  transformAll(1, side);
  return real.map((value, i) => value * value + imaginary[i] * imaginary[i]);

  /**
   * J. Cooley's and J. Tukey's fast Fourier transform (1965), in place, of all lines, which lie `apart` from each
   * other, of values that lie `stride` apart.
   */
  function transformAll(apart: number, stride: number): void {
    for (let i = 0; i < side; i++) {
      if (i >= order[i]) continue;
      for (let line = 0; line < side; line++)
        swap(line * apart + i * stride, line * apart + order[i] * stride);
    }
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

  function swap(a: number, b: number): void {
    const [re, im] = [real[a], imaginary[a]];
    real[a] = real[b];
    imaginary[a] = imaginary[b];
    real[b] = re;
    imaginary[b] = im;
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
