import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';

import type { Net } from '../../appliance/face/manifest.js';
import { installation } from '../../appliance/installation.js';

/** One picture as TensorFlow.js takes it: channels innermost. */
export type Levels = { readonly data: Float32Array; readonly size: number };

/** The output of TensorFlow.js itself for the named nodes of a graph model. */
export async function runGraphModel(net: Net, nodes: string[], levels: Levels): Promise<Float32Array[]> {
  await tf.setBackend('cpu');
  const [topology, weights] = sourceFiles(net);
  const { modelTopology, weightsManifest } = readJson(topology) as tf.io.ModelJSON;
  const model = await loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest.flatMap((group) => group.weights),
        weightData: Uint8Array.from(weights).buffer,
      }),
  });
  const outputs = model.execute(image(levels), nodes);
  // A single output is not wrapped in a list.
  return [outputs].flat().map((output) => output.dataSync() as Float32Array);
}

type FaceRecognitionNet = {
  loadFromWeightMap(weights: tf.NamedTensorMap): void;
  forwardInput(input: { toBatchTensor(): tf.Tensor }): tf.Tensor;
};

/** The output of face-api's own recognition net for RGB levels from 0 to 255. */
export async function runFaceApi(net: Net, levels: Levels): Promise<Float32Array> {
  await tf.setBackend('cpu');
  const [weightsManifest, weights] = sourceFiles(net);
  const [group] = readJson(weightsManifest) as tf.io.WeightsManifestConfig;
  const recognition = new (loadFaceApi().FaceRecognitionNet)();
  recognition.loadFromWeightMap(tf.io.decodeWeights(Uint8Array.from(weights).buffer, group.weights));
  return recognition.forwardInput({ toBatchTensor: () => image(levels) }).dataSync() as Float32Array;
}

/**
 * face-api asks for a build of TensorFlow.js with native code. It is given the plain one instead, with the two
 * chained operations that its recognition net uses.
 */
function loadFaceApi(): { FaceRecognitionNet: new () => FaceRecognitionNet } {
  Object.assign(tf.Tensor.prototype, {
    div(this: tf.Tensor, by: number): tf.Tensor {
      return tf.div(this, by);
    },
    mean(this: tf.Tensor, axes: number[]): tf.Tensor {
      return tf.mean(this, axes);
    },
  });
  const path = join(installation.root, 'node_modules/@vladmandic/face-api/dist/face-api.node.js');
  const require = createRequire(path);
  const loaded = { exports: {} };
  const run = compileFunction(readFileSync(path, 'utf8'), ['require', 'module', 'exports']) as (
    ...scope: unknown[]
  ) => void;
  run(
    (name: string): unknown => (name === '@tensorflow/tfjs-node' ? tf : (require(name) as unknown)),
    loaded,
    loaded.exports,
  );
  return loaded.exports as ReturnType<typeof loadFaceApi>;
}

function image({ data, size }: Levels): tf.Tensor {
  return tf.tensor4d(data, [1, size, size, 3]);
}

function sourceFiles({ source }: Net): Buffer[] {
  const folder = join(installation.root, 'node_modules', source.package);
  return source.files.map(({ path }) => readFileSync(join(folder, path)));
}

function readJson(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'));
}
