import { availableParallelism } from 'node:os';

import { readCalibration } from '../calibration/read.js';
import type { ModelFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { type Manifest, type Net, readManifest, readModel, readPack, type Recogniser } from './manifest.js';
import { InferenceSession, Tensor } from './onnxruntime.js';

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
 * comes between two nets, which made all of it four times slower; so they sleep. Two threads that share one processor
 * take two to three times as long as one.
 */
const options: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: Math.min(2, availableParallelism()),
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** Where the nets lie, and what may stand in the place of the built-in recogniser and its calibration. */
export type ModelPaths = {
  readonly manifest: string;
  readonly models: string;
  /** A model pack's folder. */
  readonly pack?: string | undefined;
  /** A file that `terashi calibrate` wrote. */
  readonly calibration?: string | undefined;
};

/**
 * Loads the nets that the manifest names. Each file is read once, held to the manifest's hash, and the session
 * is made from those very bytes, so that nothing can be put in between.
 *
 * @returns `model-missing` for a file that is not there, `model-mismatch` for one that is not the manifest's or
 *   does not do what the manifest says, `model-uncalibrated` for a calibration that is none or another model's
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

/** The recogniser with a municipality's own calibration, which has to be of this very model. */
function calibrated(about: Recogniser, file: string): Result<Recogniser, ModelFault> {
  const read = readCalibration(file);
  return read.ok && read.value.model === about.sha256
    ? ok({ ...about, calibration: read.value })
    : err('model-uncalibrated');
}

/** Whether a pack's net takes what its manifest says that it takes, and gives one row of numbers a picture. */
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
