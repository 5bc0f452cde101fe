import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { InferenceSession, Tensor } from '../../appliance/face/onnxruntime.js';

import type { RgbImage } from '../../appliance/face/image.js';
import type { Net } from '../../appliance/face/manifest.js';
import { installation } from '../../appliance/installation.js';
import { builtManifest, builtModel } from './built.js';
import { facePicture, noise } from './pictures.js';
import { runFaceApi, runGraphModel } from './reference.js';

/** Float32 sums in another order differ by this share of the output's range at most. */
const tolerance = 1e-5;

const tfliteOutputs = join(installation.root, 'test', 'models', 'mobilefacenet-tflite.json');

describe('the converted nets', () => {
  const manifest = builtManifest();
  const { detector, mesh, recogniser } = manifest;
  const [mobilefacenet] = manifest.alternatives;
  const [faceres] = manifest.candidates;

  const graphModels: [Net, Record<string, string>][] = [
    [
      detector,
      { scores16: 'Identity', boxes16: 'Identity_2', scores32: 'Identity_1', boxes32: 'Identity_3' },
    ],
    [mesh, { mesh: 'Identity_2', presence: 'Identity_1' }],
    [faceres, { template: 'global_pooling/Mean' }],
  ];

  for (const [net, nodes] of graphModels) {
    const size = net.input.shape[2];
    const compare = async (picture: RgbImage) => {
      const levels = normalise(net, picture);
      const expected = await runGraphModel(net, Object.values(nodes), { data: levels, size });
      const actual = await run(net, [levels]);
      Object.keys(nodes).forEach((name, index) => {
        assertClose(actual[name], expected[index], `${net.id} ${name}`);
      });
      return actual;
    };

    it(`${net.id} gives what TensorFlow.js gives for noise`, async () => {
      await compare(noise(size));
    });

    it(`${net.id} gives what TensorFlow.js gives for a face`, async () => {
      await compare(await facePicture(size));
    });
  }

  for (const [kind, picture] of [
    ['noise', () => Promise.resolve(noise(150))],
    ['a face', () => facePicture(150)],
  ] as const) {
    it(`dlib-resnet gives what face-api gives for ${kind}`, async () => {
      const normalised = normalise(recogniser, await picture());
      // face-api takes levels and normalises them itself: minus these means, over 255.
      const means = [122.782, 117.001, 104.298];
      const data = normalised.map((value, index) => value * 255 + means[index % 3]);
      const expected = await runFaceApi(recogniser, { data, size: 150 });
      const { template } = await run(recogniser, [normalised]);
      assertClose(template, expected, 'dlib-resnet template');
    });
  }

  it('mobilefacenet gives what TensorFlow Lite gives for noise and for a slope', async () => {
    // models/cards/mobilefacenet.md has the program that made these outputs from the same levels.
    const expected = JSON.parse(readFileSync(tfliteOutputs, 'utf8')) as number[][];
    const each = 112 * 112 * 3;
    const noisy = Float32Array.from({ length: each }, (_, at) => (at * 7919) % 251);
    const slope = Float32Array.from(noisy, (_, at) => (Math.floor((each + at) / 336) % 224) + (at % 3) * 10);
    const pictures = [noisy, slope].map((levels) => levels.map((level) => (level - 127.5) / 128));
    const { template } = await run(mobilefacenet, pictures);
    assertClose(template, Float32Array.from(expected.flat()), 'mobilefacenet template');
  });

  it('find the face in a picture of one, and none in noise', async () => {
    const face = await facePicture(mesh.input.shape[2]);
    const size = mesh.input.shape[2];
    const present = await run(mesh, [normalise(mesh, face)]);
    const absent = await run(mesh, [normalise(mesh, noise(size))]);
    assert.ok(present.presence[0] > 0.9);
    assert.ok(absent.presence[0] < 0.1);
  });

  for (const net of [detector, mesh, recogniser, mobilefacenet, faceres]) {
    it(`${net.id} gives each picture of a batch the same output as alone`, async () => {
      const size = net.input.shape[2];
      const pictures = [noise(size, 7), noise(size, 8)].map((picture) => normalise(net, picture));
      const together = await run(net, pictures);
      const apart = await Promise.all(pictures.map((picture) => run(net, [picture])));
      for (const { name, shape } of net.outputs) {
        const each = shape.slice(1).reduce<number>((product, dimension) => product * Number(dimension), 1);
        apart.forEach((alone, index) => {
          const part = together[name].slice(index * each, (index + 1) * each);
          assertClose(part, alone[name], `${net.id} ${name}`);
        });
      }
    });
  }
});

/** RGB levels as the manifest describes the net's input, channels innermost. */
function normalise({ input }: Net, { data }: RgbImage): Float32Array {
  return Float32Array.from(data, (level, index) => level * input.scale[index % 3] + input.offset[index % 3]);
}

async function run(net: Net, pictures: readonly Float32Array[]): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(builtModel(net), { intraOpNumThreads: 1 });
  const [, , height, width] = net.input.shape;
  const planes = pictures.flatMap((picture) =>
    [0, 1, 2].map((channel) => picture.filter((_, index) => index % 3 === channel)),
  );
  const data = new Float32Array(pictures.length * 3 * height * width);
  planes.forEach((plane, index) => {
    data.set(plane, index * height * width);
  });
  const outputs = await session.run({
    image: new Tensor('float32', data, [pictures.length, 3, height, width]),
  });
  for (const { name, shape } of net.outputs) {
    assert.deepEqual(outputs[name].dims, [pictures.length, ...shape.slice(1)], `${net.id} ${name}`);
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [name, output.data as Float32Array]),
  );
}

function assertClose(actual: Float32Array, expected: Float32Array, what: string): void {
  assert.equal(actual.length, expected.length, what);
  // A presence near 0 alone would have almost no range.
  const range = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0.01);
  const furthest = expected.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - actual[index])),
    0,
  );
  assert.ok(furthest <= tolerance * range, `${what}: ${furthest} off, in a range of ${range}`);
}
