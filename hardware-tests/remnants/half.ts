/**
 * Rounds numbers to half precision: IEEE 754 binary16, ties to even.
 *
 * @returns the 16 bits of each
 */
export function toHalf(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, halfOf);
}

/** @param single the 32 bits of a number in single precision */
function halfOf(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const exponent = ((single >>> 23) & 0xff) - 127 + 15;
  const fraction = single & 0x7fffff;
  if (exponent === 255 - 127 + 15) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  if (exponent >= 31) return sign | 0x7c00;
  // Below 2^-14 the leading one is written out and shifted down.
  const shift = exponent > 0 ? 13 : Math.min(14 - exponent, 31);
  const whole = exponent > 0 ? (exponent << 23) | fraction : fraction | 0x800000;
  const [kept, rest, tie] = [whole >>> shift, whole & (2 ** shift - 1), 2 ** (shift - 1)];
  const up = rest > tie || (rest === tie && (kept & 1) === 1) ? 1 : 0;
  // A carry out of the fraction raises the exponent, as it should.
  return sign | (kept + up);
}
