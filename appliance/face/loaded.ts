import { availableParallelism } from 'node:os';

import { InferenceSession } from './onnxruntime.js';

/** A net ready to run, with its entry in the manifest. */
export type Loaded<T> = { readonly session: InferenceSession; readonly about: T };

/**
 * Threads sleep instead of spinning: spinning threads took the second core from the work between two nets and made
 * everything four times slower. Two threads on one processor take two to three times as long as one.
 */
const options: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: Math.min(2, availableParallelism()),
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  // What was looked through is ONNX: nothing may be taken for onnxruntime's own format (kOrtSessionOptionsConfigLoadModelFormat).
  extra: { session: { intra_op: { allow_spinning: '0' }, load_model_format: 'ONNX' } },
};

export function start(onnx: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(onnx, options);
}
