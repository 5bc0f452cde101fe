// @vladmandic/human with its WASM engine: detector, mesh and description, nothing else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

import { serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const wasm = require('@tensorflow/tfjs-backend-wasm');
const wasmPath = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`;
wasm.setWasmPaths(wasmPath);
const folder = new URL('node_modules/@vladmandic/human/', import.meta.url).pathname;
const { Human } = require(`${folder}dist/human.node-wasm.js`);
// It fetches its models, and Node fetches no files.
globalThis.fetch = (url) => Promise.resolve(new Response(readFileSync(new URL(url))));
const off = { enabled: false };
const human = new Human({
  backend: 'wasm',
  wasmPath,
  modelBasePath: `file://${folder}models/`,
  cacheSensitivity: 0,
  filter: off,
  face: {
    enabled: true,
    detector: { rotation: true, maxDetected: 1 },
    mesh: { enabled: true },
    description: { enabled: true },
    iris: off,
    emotion: off,
    antispoof: off,
    liveness: off,
  },
  body: off,
  hand: off,
  object: off,
  gesture: off,
});
await human.load();
await serve(
  async (data, shape) => {
    const tensor = human.tf.tensor(data, shape, 'float32');
    const { face } = await human.detect(tensor);
    human.tf.dispose(tensor);
    return face[0]?.embedding;
  },
  (one, other) => human.match.similarity(one, other),
);
