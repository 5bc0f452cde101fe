import { type Net, NetLayout, type Value } from '../convert/net.js';
import { noPadding, type Padding, samePadding, type Window } from '../convert/padding.js';
import { permute, type Tensor } from '../convert/tensor.js';
import { readWeights, weightsManifest } from '../convert/weights.js';

type Weights = ReadonlyMap<string, Tensor>;

/**
 * The residual blocks between the first convolution and the last; those ending in `_down` halve the picture.
 */
const blocks = [
  ...['conv32_1', 'conv32_2', 'conv32_3'],
  ...['conv64_down', 'conv64_1', 'conv64_2', 'conv64_3'],
  ...['conv128_down', 'conv128_1', 'conv128_2'],
  ...['conv256_down', 'conv256_1', 'conv256_2', 'conv256_down_out'],
];

/**
 * dlib's face recognition net (dlib_face_recognition_resnet_model_v1): 29 convolutions in residual blocks,
 * from the weights in face-api. The structure follows face-api's src/faceRecognitionNet and dlib's
 * examples/dnn_face_recognition_ex.cpp. Input: levels minus the means in dlib's input_rgb_image (122.782,
 * 117.001, 104.298), divided by 256 as in dlib's training; face-api divides by 255.
 */
export function dlibResnet(manifest: Uint8Array, file: Uint8Array): Net {
  const listed = weightsManifest.parse(JSON.parse(Buffer.from(manifest).toString('utf8')));
  const weights = readWeights(listed, file);
  const net = new NetLayout([3, 150, 150]);
  const first = relu(net, convolve(net, net.input, weights, 'conv32_down', 2));
  const pooled = net.add({ kind: 'max-pool', window: square(3, 2), padding: noPadding }, first);
  const features = blocks.reduce((input, block) => residual(net, input, weights, block), pooled);
  const mean = net.add({ kind: 'mean' }, features);
  const template = net.add({ kind: 'product', weights: find(weights, 'fc') }, mean);
  return net.finish({ template });
}

function residual(net: NetLayout, input: Value, weights: Weights, block: string): Value {
  const halves = block.includes('_down');
  const first = relu(net, convolve(net, input, weights, `${block}/conv1`, halves ? 2 : 1));
  const second = convolve(net, first, weights, `${block}/conv2`, 1);
  const shortcut = halves
    ? net.add({ kind: 'average-pool', window: square(2, 2), padding: noPadding }, input)
    : input;
  const shape = second.shape.map((size, axis) => Math.max(size, shortcut.shape[axis]));
  const sum = net.add({ kind: 'add' }, padTo(net, second, shape), padTo(net, shortcut, shape));
  return relu(net, sum);
}

/** A convolution followed by dlib's affine layer. Keeps the picture's size, or halves it without padding. */
function convolve(net: NetLayout, input: Value, weights: Weights, name: string, stride: 1 | 2): Value {
  const filters = permute(find(weights, `${name}/conv/filters`), [3, 2, 0, 1]);
  const window = square(filters.shape[2], stride);
  const padding: Padding = stride === 1 ? samePadding([input.shape[1], input.shape[2]], window) : noPadding;
  const bias = vector(weights, `${name}/conv/bias`);
  const out = net.add({ kind: 'convolution', weights: filters, bias, window, padding, groups: 1 }, input);
  const scaled = net.add({ kind: 'scale', factors: vector(weights, `${name}/scale/weights`) }, out);
  return net.add({ kind: 'shift', terms: vector(weights, `${name}/scale/biases`) }, scaled);
}

/** dlib zero-pads the smaller of two pictures before it adds them. */
function padTo(net: NetLayout, input: Value, shape: readonly number[]): Value {
  const end = shape.map((size, axis) => size - input.shape[axis]);
  return end.every((cells) => cells === 0) ? input : net.add({ kind: 'pad', end }, input);
}

function relu(net: NetLayout, input: Value): Value {
  return net.add({ kind: 'clamp', low: 0, high: Infinity }, input);
}

function square(size: number, stride: number): Window {
  return { kernel: [size, size], stride: [stride, stride] };
}

function find(weights: Weights, name: string): Tensor {
  const tensor = weights.get(name);
  if (!tensor) throw new Error(`the weights have no ${name}`);
  return tensor;
}

function vector(weights: Weights, name: string): Float32Array {
  return find(weights, name).data as Float32Array;
}
