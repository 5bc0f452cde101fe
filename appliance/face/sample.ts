import type { Affine } from './affine.js';
import type { RgbImage } from './image.js';
import type { Loaded } from './loaded.js';
import type { Net, Recogniser } from './manifest.js';
import { Tensor } from './onnxruntime.js';
import type { FaceModels } from './sessions.js';

/** The warp's output: the square, or the square and its mirror image as a batch of two. */
type Output = 'image' | 'pair';

/**
 * Samples a picture for a net's input. Where the net's pixels are far apart, each is the mean of the area between.
 *
 * @param toPicture maps the pixels of the net's square input to the picture's
 * @returns float32 [1 or 2, 3, S, S] in the net's range; black outside the picture
 */
export async function sample(
  { warp }: FaceModels,
  { about: { input } }: Loaded<Pick<Net | Recogniser, 'input'>>,
  { data, width, height }: RgbImage,
  toPicture: Affine,
  output: Output = 'image',
): Promise<Tensor> {
  const side = input.shape[2];
  const sampled = await warp.run(
    {
      picture: new Tensor('uint8', data, [1, height, width, 3]),
      transform: new Tensor('float32', theta(toPicture, side, width, height), [1, 2, 3]),
      size: new Tensor('int64', BigInt64Array.of(1n, 3n, BigInt(side), BigInt(side)), [4]),
      scale: new Tensor('float32', Float32Array.from(input.scale), [1, 3, 1, 1]),
      offset: new Tensor('float32', Float32Array.from(input.offset), [1, 3, 1, 1]),
    },
    [output],
  );
  return sampled[output];
}

/** The map in the coordinates of ONNX AffineGrid: both pictures reach from -1 to 1 between their outer edges. */
function theta({ a, b, c, d, e, f }: Affine, side: number, width: number, height: number): Float32Array {
  const half = side / 2;
  return Float32Array.of(
    (2 * a * half) / width,
    (2 * b * half) / width,
    (2 * (a * half + b * half + c)) / width - 1,
    (2 * d * half) / height,
    (2 * e * half) / height,
    (2 * (d * half + e * half + f)) / height - 1,
  );
}
