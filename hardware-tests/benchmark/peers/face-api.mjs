// @vladmandic/face-api with TensorFlow's WASM engine: its more exact detector, its 68 points, its descriptor.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

import { serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const wasm = require('@tensorflow/tfjs-backend-wasm');
wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
const folder = new URL('node_modules/@vladmandic/face-api/', import.meta.url).pathname;
const faceApi = require(`${folder}dist/face-api.node-wasm.js`);
await faceApi.tf.setBackend('wasm');
await faceApi.tf.ready();
for (const net of ['ssdMobilenetv1', 'faceLandmark68Net', 'faceRecognitionNet']) {
  await faceApi.nets[net].loadFromDisk(`${folder}model`);
}
await serve(
  async (data, shape) => {
    const tensor = faceApi.tf.tensor(data, shape, 'int32');
    const face = await faceApi.detectSingleFace(tensor).withFaceLandmarks().withFaceDescriptor();
    faceApi.tf.dispose(tensor);
    return face?.descriptor;
  },
  (one, other) => 1 - faceApi.euclideanDistance(one, other),
);
