import { encodeOnnx, type OnnxNode } from '../convert/onnx.js';

/**
 * A graph of our own that cuts a square out of a picture, turned and scaled as a net wants it:
 * [1, H, W, 3] uint8 in, [1, 3, S, S] float32 out, with each channel times `scale` plus `offset`.
 *
 * `transform` takes the square's coordinates to the picture's, both from -1 to 1 between the outer edges of
 * the outer pixels (ONNX AffineGrid and GridSample, align_corners = 0). What lies outside the picture is
 * black, as in dlib's extract_image_chip and mediapipe's detector: repeating the edge would draw streaks that
 * are no part of anybody.
 *
 * `pair` is the square and its mirror image, for a net that judges both in one batch.
 */
export function warp(): Uint8Array {
  const nodes: OnnxNode[] = [
    {
      operator: 'Transpose',
      inputs: ['picture'],
      outputs: ['planes'],
      attributes: { perm: { ints: [0, 3, 1, 2] } },
    },
    { operator: 'Cast', inputs: ['planes'], outputs: ['levels'], attributes: { to: { int: 1 } } },
    {
      operator: 'AffineGrid',
      inputs: ['transform', 'size'],
      outputs: ['grid'],
      attributes: { align_corners: { int: 0 } },
    },
    {
      operator: 'GridSample',
      inputs: ['levels', 'grid'],
      outputs: ['sampled'],
      attributes: { mode: { text: 'linear' }, padding_mode: { text: 'zeros' }, align_corners: { int: 0 } },
    },
    { operator: 'Mul', inputs: ['sampled', 'scale'], outputs: ['scaled'] },
    { operator: 'Add', inputs: ['scaled', 'offset'], outputs: ['image'] },
    {
      operator: 'Slice',
      inputs: ['image', 'last', 'first', 'columns', 'backwards'],
      outputs: ['mirror'],
    },
    { operator: 'Concat', inputs: ['image', 'mirror'], outputs: ['pair'], attributes: { axis: { int: 0 } } },
  ];
  const integer = (name: string, value: bigint) => ({ name, shape: [1], data: BigInt64Array.of(value) });
  return encodeOnnx({
    name: 'warp',
    inputs: [
      { name: 'picture', type: 'uint8', shape: [1, 'H', 'W', 3] },
      { name: 'transform', type: 'float32', shape: [1, 2, 3] },
      { name: 'size', type: 'int64', shape: [4] },
      { name: 'scale', type: 'float32', shape: [1, 3, 1, 1] },
      { name: 'offset', type: 'float32', shape: [1, 3, 1, 1] },
    ],
    outputs: [
      { name: 'image', type: 'float32', shape: [1, 3, 'S', 'S'] },
      { name: 'pair', type: 'float32', shape: [2, 3, 'S', 'S'] },
    ],
    constants: [
      integer('last', -1n),
      // Slice's way to say "up to and with the first": the smallest integer.
      integer('first', -(2n ** 63n)),
      integer('columns', 3n),
      integer('backwards', -1n),
    ],
    nodes,
  });
}
