/**
 * The power spectrum of a square of `side` × `side` values, Hann-windowed and without its mean, row by row; the
 * frequency u, v cycles a side stands at [v mod side][u mod side].
 *
 * @param side a power of two
 */
export function powerSpectrum(values: ArrayLike<number>, side: number): Float64Array {
  const real = new Float64Array(side * side);
  const imaginary = new Float64Array(side * side);
  let mean = 0;
  for (let i = 0; i < side * side; i++) mean += values[i] / (side * side);
  const window = Float64Array.from(
    { length: side },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side),
  );
  for (let i = 0; i < side * side; i++) {
    real[i] = (values[i] - mean) * window[i % side] * window[Math.floor(i / side)];
  }
  for (let row = 0; row < side; row++) transform(real, imaginary, side, row * side, 1);
  for (let column = 0; column < side; column++) transform(real, imaginary, side, column, side);
  return real.map((value, i) => value * value + imaginary[i] * imaginary[i]);
}

/** J. Cooley's and J. Tukey's fast Fourier transform (1965), in place, of `n` values that lie `stride` apart. */
function transform(re: Float64Array, im: Float64Array, n: number, from: number, stride: number): void {
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(re, from + i * stride, from + j * stride);
      swap(im, from + i * stride, from + j * stride);
    }
  }
  for (let length = 2; length <= n; length *= 2) {
    for (let k = 0; k < length / 2; k++) {
      const angle = (-2 * Math.PI * k) / length;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let start = k; start < n; start += length) {
        const a = from + start * stride;
        const b = a + (length / 2) * stride;
        const x = re[b] * cos - im[b] * sin;
        const y = re[b] * sin + im[b] * cos;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i];
  values[i] = values[j];
  values[j] = kept;
}
