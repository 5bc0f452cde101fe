import assert from 'node:assert/strict';

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { InferenceSession, Tensor } from '../../appliance/face/onnxruntime.js';

import { type Net, NetLayout, type Operation } from '../../models/convert/net.js';
import { foldPrelu } from '../../models/convert/fold-prelu.js';
import { fold } from '../../models/convert/fold.js';
import { noPadding, outputSize, samePadding } from '../../models/convert/padding.js';
import { elements, permute } from '../../models/convert/tensor.js';
import { fromHalf, readWeights } from '../../models/convert/weights.js';
import { writeNet } from '../../models/convert/write.js';

describe('reading weights', () => {
  it('converts every half-precision number', () => {
    // binary32 holds every binary16: the same fields, widened, with the exponent's bias 127 instead of 15.
    for (let half = 0; half < 0x7c00; half++) {
      const subnormal = half < 0x400;
      const bits = subnormal ? 0 : ((((half >> 10) + 112) << 23) | ((half & 0x3ff) << 13)) >>> 0;
      const expected = subnormal ? half / 2 ** 24 : new Float32Array(Uint32Array.of(bits).buffer)[0];
      assert.equal(fromHalf(half), expected);
      assert.equal(fromHalf(half | 0x8000), -expected);
    }
    assert.equal(fromHalf(0x7c00), Infinity);
    assert.equal(fromHalf(0xfc00), -Infinity);
    assert.ok(Number.isNaN(fromHalf(0x7e00)));
  });

  it('reads each kind as TensorFlow.js does', () => {
    const weights: tf.io.WeightsManifestEntry[] = [
      { name: 'bytes', shape: [3], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.1, min: -2 } },
      { name: 'halves', shape: [2, 2], dtype: 'float32', quantization: { dtype: 'float16' } },
      { name: 'floats', shape: [2], dtype: 'float32' },
      { name: 'integers', shape: [1], dtype: 'int32' },
    ];
    const length = 3 + 8 + 8 + 4;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (file) => {
        const expected = tf.io.decodeWeights(Uint8Array.from(file).buffer, weights);
        const manifest = [{ paths: [], weights }] as Parameters<typeof readWeights>[0];
        const read = readWeights(manifest, file);
        assert.deepEqual([...read.keys()], Object.keys(expected));
        for (const [name, { shape, data }] of read) {
          assert.deepEqual(shape, expected[name].shape);
          assert.deepEqual([...data], [...expected[name].dataSync()]);
        }
      }),
    );
  });

  it('refuses a file that is too short or too long', () => {
    const manifest = [{ paths: [], weights: [{ name: 'w', shape: [2], dtype: 'float32' as const }] }];
    assert.throws(() => readWeights(manifest, new Uint8Array(7)));
    assert.throws(() => readWeights(manifest, new Uint8Array(9)));
  });
});

describe('padding', () => {
  const side = fc.integer({ min: 1, max: 64 });
  const small = fc.integer({ min: 1, max: 7 });

  it('SAME gives ceil(input / stride) cells, with no more padding than needed', () => {
    fc.assert(
      fc.property(side, side, small, small, (height, width, kernel, stride) => {
        const window = { kernel: [kernel, kernel], stride: [stride, stride] } as const;
        const padding = samePadding([height, width], window);
        assert.deepEqual(outputSize([height, width], window, padding), [
          Math.ceil(height / stride),
          Math.ceil(width / stride),
        ]);
        for (const axis of [0, 1]) {
          const odd = padding.end[axis] - padding.begin[axis];
          assert.ok(odd === 0 || odd === 1);
        }
      }),
    );
  });
});

describe('permuting axes', () => {
  it('moves each number to its permuted index', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 });
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    fc.assert(
      fc.property(shape, order, (sizes, axes) => {
        const data = Float32Array.from({ length: elements(sizes) }, (_, index) => index);
        const expected = tf.transpose(tf.tensor(data, sizes), axes);
        const permuted = permute({ shape: sizes, data }, axes);
        assert.deepEqual(permuted.shape, expected.shape);
        assert.deepEqual([...permuted.data], [...expected.dataSync()]);
      }),
    );
  });
});

describe('folding', () => {
  const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 });
  const limit = fc.double({ min: -1, max: 1, noNaN: true });
  const step: fc.Arbitrary<Operation> = fc.oneof(
    vector.map((values) => ({ kind: 'scale' as const, factors: Float32Array.from(values) })),
    vector.map((values) => ({ kind: 'shift' as const, terms: Float32Array.from(values) })),
    fc
      .tuple(limit, limit)
      .map(([a, b]) => ({ kind: 'clamp' as const, low: Math.min(a, b), high: Math.max(a, b) })),
  );
  const pixels = Float32Array.from({ length: 2 * 9 }, (_, index) => Math.cos(index));

  it('changes no result, even if an intermediate value is read twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), fc.nat({ max: 5 }), async (steps, readTwice) => {
        const net = layOut(steps, readTwice);
        const session = await InferenceSession.create(writeNet('folded', net));
        const { out } = await session.run({ image: new Tensor('float32', pixels, [1, 2, 3, 3]) });
        const expected = byHand(steps, readTwice, pixels);
        for (const [index, value] of (out.data as Float32Array).entries()) {
          assert.ok(Math.abs(value - expected[index]) < 1e-4);
        }
      }),
    );
  });

  it('merges a convolution, its bias, its batch norm and a ReLU6 in three parts into one layer', () => {
    const values = Float32Array.of(1, 2, 3, 4);
    const net = layOut(
      [
        { kind: 'shift', terms: values },
        { kind: 'scale', factors: values },
        { kind: 'shift', terms: values },
        { kind: 'clamp', low: 0, high: Infinity },
        { kind: 'clamp', low: -Infinity, high: 6 },
        { kind: 'clamp', low: 0, high: Infinity },
      ],
      6,
    );
    const kinds = fold(net).layers.map(({ operation }) => operation);
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['convolution', 'clamp', 'add'],
    );
    assert.deepEqual(kinds[1], { kind: 'clamp', low: 0, high: 6 });
  });
});

describe('folding a PReLU that is written out', () => {
  const relu: Operation = { kind: 'clamp', low: 0, high: Infinity };
  const factors = Float32Array.of(0.25, -1);

  /** relu(of) + factors · (x − |x|). */
  function writtenOut(change: { relu?: Operation; of?: 'other' } = {}) {
    const net = new NetLayout([2, 1, 1]);
    const x = net.input;
    const other = net.add({ kind: 'scale', factors }, x);
    const positive = net.add(change.relu ?? relu, change.of ? other : x);
    const twice = net.add({ kind: 'subtract' }, x, net.add({ kind: 'absolute' }, x));
    const sum = net.add({ kind: 'add' }, positive, net.add({ kind: 'scale', factors }, twice));
    return foldPrelu(net.finish({ out: sum })).layers.map(({ operation }) => operation);
  }

  it('gives one layer, with twice the factors as slopes', () => {
    assert.deepEqual(writtenOut(), [{ kind: 'prelu', slopes: Float32Array.of(0.5, -2) }]);
  });

  it('leaves what only resembles one', () => {
    assert.equal(writtenOut({ relu: { kind: 'clamp', low: 0, high: 6 } }).length, 5);
    assert.equal(writtenOut({ of: 'other' }).length, 6);
  });
});

const filters = Float32Array.from({ length: 4 * 2 * 9 }, (_, index) => Math.sin(index));

/** A convolution of a 3 × 3 picture to one pixel, then the steps; the last and one other result are added. */
function layOut(steps: readonly Operation[], readTwice: number): Net {
  const net = new NetLayout([2, 3, 3]);
  const convolution: Operation = {
    kind: 'convolution',
    weights: { shape: [4, 2, 3, 3], data: filters },
    bias: new Float32Array(4),
    window: { kernel: [3, 3], stride: [1, 1] },
    padding: noPadding,
    groups: 1,
  };
  const values = [net.add(convolution, net.input)];
  for (const operation of steps) values.push(net.add(operation, values.at(-1)!));
  return net.finish({ out: net.add({ kind: 'add' }, values.at(-1)!, values[readTwice % values.length]) });
}

function byHand(steps: readonly Operation[], readTwice: number, pixels: Float32Array): number[] {
  const convolved = [0, 1, 2, 3].map((channel) =>
    pixels.reduce((sum, level, index) => sum + level * filters[channel * 18 + index], 0),
  );
  const values = [convolved];
  for (const step of steps) {
    values.push(
      values.at(-1)!.map((value, channel) => {
        if (step.kind === 'scale') return value * step.factors[channel];
        if (step.kind === 'shift') return value + step.terms[channel];
        if (step.kind === 'clamp') return Math.min(Math.max(value, step.low), step.high);
        throw new Error(step.kind);
      }),
    );
  }
  return values.at(-1)!.map((value, channel) => value + values[readTwice % values.length][channel]);
}
