import { availableParallelism } from 'node:os';

import { readCalibration } from '../calibration/read.js';
import type { ModelFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { type Manifest, type Net, readManifest, readModel, readPack, type Recogniser } from './manifest.js';
import { InferenceSession, Tensor } from './onnxruntime.js';

/** A net ready to run, with its entry in the manifest. */
export type Loaded<T> = { readonly session: InferenceSession; readonly about: T };

/** All nets. Each vault has one set; they run in the main thread, one at a time. */
export type FaceModels = {
  readonly detector: Loaded<Net>;
  readonly mesh: Loaded<Net>;
  readonly recogniser: Loaded<Recogniser>;
  /** Samples rotated and scaled squares of pictures; it has no weights. */
  readonly warp: InferenceSession;
};

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
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** The paths of the nets, and of a custom recogniser or calibration. */
export type ModelPaths = {
  readonly manifest: string;
  readonly models: string;
  /** A model pack's folder. */
  readonly pack?: string | undefined;
  /** A file written by `terashi calibrate`. */
  readonly calibration?: string | undefined;
};

/**
 * Loads the manifest's nets. Each file is read once and checked against the manifest's hash, and the session is
 * created from the same bytes, so that the file cannot be swapped in between.
 *
 * @returns `model-missing` for a missing file, `model-mismatch` for one with another hash or another output than the
 *   manifest states, `model-uncalibrated` for an invalid calibration or one of another model
 */
export async function loadModels(paths: ModelPaths): Promise<Result<FaceModels, ModelFault>> {
  const read = readManifest(paths.manifest);
  if (!read.ok) return read;
  const { detector, mesh, warp }: Manifest = read.value;
  const [detectorFile, meshFile, warpFile] = [detector, mesh, warp].map((net) =>
    readModel(paths.models, net),
  );
  if (!detectorFile.ok) return detectorFile;
  if (!meshFile.ok) return meshFile;
  if (!warpFile.ok) return warpFile;
  const recogniser = await loadRecogniser(read.value.recogniser, paths);
  if (!recogniser.ok) return recogniser;
  return ok({
    detector: { session: await start(detectorFile.value), about: detector },
    mesh: { session: await start(meshFile.value), about: mesh },
    recogniser: recogniser.value,
    warp: await start(warpFile.value),
  });
}

async function loadRecogniser(
  builtIn: Recogniser,
  { models, pack, calibration }: ModelPaths,
): Promise<Result<Loaded<Recogniser>, ModelFault>> {
  const described = pack === undefined ? ok(builtIn) : readPack(pack);
  if (!described.ok) return described;
  const file = readModel(pack ?? models, described.value);
  if (!file.ok) return file;
  const about = calibration === undefined ? described : calibrated(described.value, calibration);
  if (!about.ok) return about;
  const session = await start(file.value).catch(() => undefined);
  const fits = session && (pack === undefined || (await doesAsDescribed(session, about.value)));
  return fits ? ok({ session, about: about.value }) : err('model-mismatch');
}

/** The recogniser with a municipality's own calibration, which must be of this very model. */
function calibrated(about: Recogniser, file: string): Result<Recogniser, ModelFault> {
  const read = readCalibration(file);
  return read.ok && read.value.model === about.sha256
    ? ok({ ...about, calibration: read.value })
    : err('model-uncalibrated');
}

/** Whether a pack's net accepts the input that its manifest states and returns one row per picture. */
async function doesAsDescribed(session: InferenceSession, { input, outputs }: Recogniser): Promise<boolean> {
  const [, channels, height, width] = input.shape;
  const blank = new Tensor('float32', new Float32Array(channels * height * width), [
    1,
    channels,
    height,
    width,
  ]);
  try {
    const answer = await session.run({ [input.name]: blank }, [outputs[0].name]);
    const { dims, type } = answer[outputs[0].name];
    return type === 'float32' && dims.length === 2 && dims[0] === 1;
  } catch {
    return false;
  }
}

function start(onnx: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(onnx, options);
}
