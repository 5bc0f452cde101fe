import type { ModelFault } from '../findings.js';
import { ok, type Result } from '../result.js';
import { type Manifest, type Net, readManifest, readModel, type Recogniser } from './manifest.js';
import { InferenceSession } from './onnxruntime.js';

/** A net ready to run, with what the manifest states of it. */
export type Loaded<T> = { readonly session: InferenceSession; readonly about: T };

/** Everything that looks at faces. One set serves one vault; its nets run in the main thread, one at a time. */
export type FaceModels = {
  readonly detector: Loaded<Net>;
  readonly mesh: Loaded<Net>;
  readonly recogniser: Loaded<Recogniser>;
  /** Cuts turned and scaled squares out of pictures; it has no weights. */
  readonly warp: InferenceSession;
};

/**
 * One net runs at a time. Threads that spin while they wait for work would take the second core from whatever
 * comes between two nets, which made all of it four times slower; so they sleep.
 */
const options: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 2,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/**
 * Loads the nets that the manifest names. Each file is read once, held to the manifest's hash, and the session
 * is made from those very bytes, so that nothing can be put in between.
 *
 * @returns `model-missing` for a file that is not there, `model-mismatch` for one that is not the manifest's
 */
export async function loadModels(paths: {
  readonly manifest: string;
  readonly models: string;
}): Promise<Result<FaceModels, ModelFault>> {
  const read = readManifest(paths.manifest);
  if (!read.ok) return read;
  const { detector, mesh, recogniser, warp }: Manifest = read.value;
  const [detectorFile, meshFile, recogniserFile, warpFile] = [detector, mesh, recogniser, warp].map((net) =>
    readModel(paths.models, net),
  );
  if (!detectorFile.ok) return detectorFile;
  if (!meshFile.ok) return meshFile;
  if (!recogniserFile.ok) return recogniserFile;
  if (!warpFile.ok) return warpFile;
  return ok({
    detector: { session: await start(detectorFile.value), about: detector },
    mesh: { session: await start(meshFile.value), about: mesh },
    recogniser: { session: await start(recogniserFile.value), about: recogniser },
    warp: await start(warpFile.value),
  });
}

function start(onnx: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(onnx, options);
}
