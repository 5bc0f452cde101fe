import * as z from 'zod';

import { elements, type Tensor } from './tensor.js';
import { Unconvertible } from './unconvertible.js';

/** An entry in a TensorFlow.js weights manifest; entries are in the order of the file's bytes. */
const weight = z.object({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z
    .discriminatedUnion('dtype', [
      z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }),
      z.object({ dtype: z.literal('float16') }),
    ])
    .optional(),
});
type Weight = z.infer<typeof weight>;

export const weightsManifest = z.array(z.object({ paths: z.array(z.string()), weights: z.array(weight) }));
export type WeightsManifest = z.infer<typeof weightsManifest>;

/**
 * Decodes a model's single weight file. Throws if its length differs from the manifest's: the hash was
 * already checked, so that is a bug here.
 */
export function readWeights(manifest: WeightsManifest, file: Uint8Array): ReadonlyMap<string, Tensor> {
  const weights = new Map<string, Tensor>();
  let offset = 0;
  for (const entry of manifest.flatMap((group) => group.weights)) {
    const length = elements(entry.shape) * bytesEach(entry);
    if (offset + length > file.length) throw new Unconvertible(`the weight file ends before ${entry.name}`);
    // Copied, because a typed array on the file itself would need an offset that is a multiple of four.
    const bytes = Uint8Array.from(file.subarray(offset, offset + length));
    weights.set(entry.name, { shape: entry.shape, data: decode(entry, bytes) });
    offset += length;
  }
  if (offset !== file.length)
    throw new Unconvertible(`the weight file has ${file.length - offset} bytes too many`);
  return weights;
}

function bytesEach({ quantization }: Weight): number {
  if (!quantization) return 4;
  return quantization.dtype === 'uint8' ? 1 : 2;
}

function decode({ dtype, quantization }: Weight, bytes: Uint8Array): Tensor['data'] {
  if (!quantization) return dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer);
  if (quantization.dtype === 'float16') return Float32Array.from(new Uint16Array(bytes.buffer), fromHalf);
  const { scale, min } = quantization;
  return Float32Array.from(bytes, (level) => level * scale + min);
}

/** Converts IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
