import { createHash } from 'node:crypto';

import { readCalibration } from '../calibration/read.js';
import type { ModelFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { type Loaded, start } from './loaded.js';
import {
  type Fusion,
  type Manifest,
  type Measure,
  readModel,
  readPack,
  type Recogniser,
} from './manifest.js';
import { Tensor } from './onnxruntime.js';

/** What compares faces: one net, or the members of a fusion. */
export type LoadedRecogniser = {
  readonly members: readonly Loaded<Recogniser>[];
  readonly about: Pick<Recogniser, 'id' | 'threshold' | 'calibration'> & {
    /** The hash of the net's file; of a fusion, that of its members' hashes, deviations and weights. */
    readonly sha256: string;
    readonly measure: Measure;
  };
};

export type RecogniserChoice = {
  /** The id of a recogniser or fusion in the manifest; its `default` by default. A pack takes its place. */
  readonly recogniser?: string | undefined;
  /** A model pack's folder. */
  readonly pack?: string | undefined;
  /** A file written by `terashi calibrate`. */
  readonly calibration?: string | undefined;
};

type NetById = (id: string) => Promise<Result<Loaded<Recogniser>, ModelFault>>;

/** Loads the chosen recogniser; the faults are those of `loadModels`. */
export async function loadRecogniser(
  manifest: Manifest,
  models: string,
  { recogniser = manifest.default, pack, calibration }: RecogniserChoice,
): Promise<Result<LoadedRecogniser, ModelFault>> {
  const builtIn: NetById = async (id) => {
    const about = [manifest.recogniser, ...manifest.alternatives].find((net) => net.id === id);
    return about ? loadNet(about, models) : err('model-missing');
  };
  const fusion = manifest.fusions.find(({ id }) => id === recogniser);
  const found =
    pack !== undefined
      ? await loadPack(pack, builtIn)
      : fusion
        ? await loadFusion(fusion, builtIn)
        : await loadAlone(recogniser, builtIn);
  if (!found.ok || calibration === undefined) return found;
  const about = calibrated(found.value.about, calibration);
  return about.ok ? ok({ ...found.value, about: about.value }) : about;
}

/** A pack's own net, or its fusion of that net with built-in ones. */
async function loadPack(folder: string, builtIn: NetById): Promise<Result<LoadedRecogniser, ModelFault>> {
  const pack = readPack(folder);
  if (!pack.ok) return pack;
  const { recogniser, fusion } = pack.value;
  const own = await loadNet(recogniser, folder);
  if (!own.ok) return own;
  if (!(await doesAsDescribed(own.value))) return err('model-mismatch');
  if (!fusion) return ok(alone(own.value));
  return loadFusion(fusion, async (id) => (id === recogniser.id ? own : builtIn(id)));
}

async function loadAlone(id: string, netOf: NetById): Promise<Result<LoadedRecogniser, ModelFault>> {
  const net = await netOf(id);
  return net.ok ? ok(alone(net.value)) : net;
}

async function loadFusion(fusion: Fusion, netOf: NetById): Promise<Result<LoadedRecogniser, ModelFault>> {
  const members: Loaded<Recogniser>[] = [];
  for (const { id } of fusion.members) {
    const member = await netOf(id);
    if (!member.ok) return member;
    members.push(member.value);
  }
  return ok(fused(fusion, members));
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

/** A member's share in the score is its weight over its deviation; scaled to a sum of 1, scores stay from 0 to 1. */
function fused(
  { id, members: stated, threshold, calibration }: Fusion,
  members: readonly Loaded<Recogniser>[],
): LoadedRecogniser {
  const shares = stated.map(({ deviation, weight }) => weight / deviation);
  const total = shares.reduce((sum, share) => sum + share);
  const measure = members.map(({ about: { distance, outputs } }, i) => ({
    by: distance,
    length: Number(outputs[0].shape[1]),
    share: shares[i] / total,
  }));
  const parts = members.map(({ about }, i) => [about.sha256, stated[i].deviation, stated[i].weight]);
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

/** Whether a pack's net accepts the input that its manifest states and returns one row per picture, as long as stated. */
async function doesAsDescribed({ session, about: { input, outputs } }: Loaded<Recogniser>): Promise<boolean> {
  const [, channels, height, width] = input.shape;
  const blank = new Tensor('float32', new Float32Array(channels * height * width), [
    1,
    channels,
    height,
    width,
  ]);
  const [{ name, shape }] = outputs;
  try {
    const answer = await session.run({ [input.name]: blank }, [name]);
    const { dims, type } = answer[name];
    return type === 'float32' && dims.length === 2 && dims[0] === 1 && dims[1] === shape[1];
  } catch {
    return false;
  }
}
