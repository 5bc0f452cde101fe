import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';

import { readCalibration } from '../calibration/read.js';
import type { ModelFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import {
  type Fusion,
  type Manifest,
  type Measure,
  type Net,
  readManifest,
  readModel,
  readPack,
  type Recogniser,
} from './manifest.js';
import { InferenceSession, Tensor } from './onnxruntime.js';

/** A net ready to run, with its entry in the manifest. */
export type Loaded<T> = { readonly session: InferenceSession; readonly about: T };

/** What compares faces: one net, or the members of a fusion. */
export type LoadedRecogniser = {
  readonly members: readonly Loaded<Recogniser>[];
  readonly about: Pick<Recogniser, 'id' | 'threshold' | 'calibration'> & {
    /** The hash of the net's file; of a fusion, that of its members' hashes and deviations. */
    readonly sha256: string;
    readonly measure: Measure;
  };
};

/** All nets. Each vault has one set; they run in the main thread, one at a time. */
export type FaceModels = {
  readonly detector: Loaded<Net>;
  readonly mesh: Loaded<Net>;
  readonly recogniser: LoadedRecogniser;
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
  /** The id of a recogniser or fusion in the manifest; its `recogniser` by default. A pack takes its place. */
  readonly recogniser?: string | undefined;
  /** A model pack's folder. */
  readonly pack?: string | undefined;
  /** A file written by `terashi calibrate`. */
  readonly calibration?: string | undefined;
};

/**
 * Loads the manifest's nets. Each file is read once and checked against the manifest's hash, and the session is
 * created from the same bytes, so that the file cannot be swapped in between.
 *
 * @returns `model-missing` for a missing file or a recogniser that the manifest lacks, `model-mismatch` for one with another hash or another output than the
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
  const recogniser = await loadRecogniser(read.value, paths);
  if (!recogniser.ok) return recogniser;
  return ok({
    detector: { session: await start(detectorFile.value), about: detector },
    mesh: { session: await start(meshFile.value), about: mesh },
    recogniser: recogniser.value,
    warp: await start(warpFile.value),
  });
}

async function loadRecogniser(
  manifest: Manifest,
  { models, recogniser, pack, calibration }: ModelPaths,
): Promise<Result<LoadedRecogniser, ModelFault>> {
  const found = pack === undefined ? await loadBuiltIn(manifest, models, recogniser) : await loadPack(pack);
  if (!found.ok || calibration === undefined) return found;
  const about = calibrated(found.value.about, calibration);
  return about.ok ? ok({ ...found.value, about: about.value }) : about;
}

async function loadBuiltIn(
  { recogniser: usual, alternatives, fusions }: Manifest,
  models: string,
  chosen = usual.id,
): Promise<Result<LoadedRecogniser, ModelFault>> {
  const nets = [usual, ...alternatives];
  const load = async (id: string): Promise<Result<Loaded<Recogniser>, ModelFault>> => {
    const about = nets.find((net) => net.id === id);
    return about ? loadNet(about, models) : err('model-missing');
  };
  const fusion = fusions.find(({ id }) => id === chosen);
  if (!fusion) {
    const only = await load(chosen);
    return only.ok ? ok(alone(only.value)) : only;
  }
  const members: Loaded<Recogniser>[] = [];
  for (const { id } of fusion.members) {
    const member = await load(id);
    if (!member.ok) return member;
    members.push(member.value);
  }
  return ok(fused(fusion, members));
}

async function loadPack(folder: string): Promise<Result<LoadedRecogniser, ModelFault>> {
  const about = readPack(folder);
  if (!about.ok) return about;
  const net = await loadNet(about.value, folder);
  if (!net.ok) return net;
  return (await doesAsDescribed(net.value)) ? ok(alone(net.value)) : err('model-mismatch');
}

async function loadNet(about: Recogniser, folder: string): Promise<Result<Loaded<Recogniser>, ModelFault>> {
  const file = readModel(folder, about);
  if (!file.ok) return file;
  const session = await start(file.value).catch(() => undefined);
  return session ? ok({ session, about }) : err('model-mismatch');
}

/** A recogniser by itself. */
export function alone(net: Loaded<Recogniser>): LoadedRecogniser {
  const { id, sha256, threshold, calibration, distance } = net.about;
  return { members: [net], about: { id, sha256, threshold, calibration, measure: distance } };
}

/** Dividing by the deviations weighs the members' scores; scaled to a sum of 1 the weights keep them from 0 to 1. */
function fused(
  { id, members: stated, threshold, calibration }: Fusion,
  members: readonly Loaded<Recogniser>[],
): LoadedRecogniser {
  const total = stated.reduce((sum, { deviation }) => sum + 1 / deviation, 0);
  const measure = members.map(({ about: { distance, outputs } }, i) => ({
    by: distance,
    length: Number(outputs[0].shape[1]),
    share: 1 / stated[i].deviation / total,
  }));
  const parts = members.map(({ about }, i) => [about.sha256, stated[i].deviation]);
  const sha256 = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { members, about: { id, sha256, threshold, calibration, measure } };
}

/** With a municipality's own calibration, which must be of this very recogniser. */
function calibrated(
  about: LoadedRecogniser['about'],
  file: string,
): Result<LoadedRecogniser['about'], ModelFault> {
  const read = readCalibration(file);
  return read.ok && read.value.model === about.sha256
    ? ok({ ...about, calibration: read.value })
    : err('model-uncalibrated');
}

/** Whether a pack's net accepts the input that its manifest states and returns one row per picture. */
async function doesAsDescribed({ session, about: { input, outputs } }: Loaded<Recogniser>): Promise<boolean> {
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
