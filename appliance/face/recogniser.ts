import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { readCalibration } from '../calibration/read.js';
import type { ModelFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { Trusted } from '../signature/signed-file.js';
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
import { signatureFault } from './signature-fault.js';

/** What compares faces: one net, or the members of a fusion. */
export type LoadedRecogniser = {
  readonly members: readonly Loaded<Recogniser>[];
  readonly about: Pick<Recogniser, 'id' | 'threshold' | 'calibration'> & {
    /** The hash of the net's file; of a fusion, that of its members' hashes, deviations and weights. */
    readonly sha256: string;
    /** The hash of the calibration's file, where it is not the recogniser's own. */
    readonly calibrationSha256?: string;
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
  /** Whose signature a pack or a calibration needs; by default nobody's is enough, so that none is used. */
  readonly trusted?: Trusted | undefined;
};

const nobody: Trusted = { municipality: undefined, vendor: [] };

type NetById = (id: string) => Promise<Result<Loaded<Recogniser>, ModelFault>>;

/** Loads the chosen recogniser; the faults are those of `loadModels`. */
export async function loadRecogniser(
  manifest: Manifest,
  models: string,
  { recogniser = manifest.default, pack, calibration, trusted = nobody }: RecogniserChoice,
): Promise<Result<LoadedRecogniser, ModelFault>> {
  const builtIn: NetById = async (id) => {
    const about = [manifest.recogniser, ...manifest.alternatives].find((net) => net.id === id);
    return about ? loadNet(about, models) : err('model-missing');
  };
  const fusion = manifest.fusions.find(({ id }) => id === recogniser);
  const found =
    pack !== undefined
      ? await loadPack(pack, manifest, trusted, builtIn)
      : fusion
        ? await loadFusion(fusion, builtIn)
        : await loadAlone(recogniser, builtIn);
  if (!found.ok || calibration === undefined) return found;
  const about = calibrated(found.value.about, calibration, trusted);
  return about.ok ? ok({ ...found.value, about: about.value }) : about;
}

/** A pack's own net, or its fusion of that net with built-in ones. */
async function loadPack(
  folder: string,
  manifest: Manifest,
  trusted: Trusted,
  builtIn: NetById,
): Promise<Result<LoadedRecogniser, ModelFault>> {
  const pack = readPack(folder, trusted);
  if (!pack.ok) return pack;
  const { recogniser, fusion } = pack.value;
  if (hasName(manifest, recogniser.id) || (fusion && hasName(manifest, fusion.id)))
    return err('model-mismatch');
  const own = await loadNet(recogniser, folder);
  if (!own.ok) return own;
  const answered = await answers(own.value);
  if (!answered) return err('model-mismatch');
  if (isDeepStrictEqual(...answered)) return err('model-unsound');
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
  trusted: Trusted,
): Result<LoadedRecogniser['about'], ModelFault> {
  const read = readCalibration(file, trusted);
  if (!read.ok) return err(signatureFault(read.error) ?? 'model-uncalibrated');
  const { calibration, sha256 } = read.value;
  return calibration.model === about.sha256
    ? ok({ ...about, calibration, calibrationSha256: sha256 })
    : err('model-uncalibrated');
}

/** Whether a name is that of a built-in recogniser or fusion, which no pack may go by. */
function hasName({ recogniser, alternatives, fusions }: Manifest, name: string): boolean {
  return [recogniser, ...alternatives, ...fusions].some(({ id }) => id === name);
}

/**
 * What a pack's net answers to a blank picture and to one that is not. Undefined unless it accepts the input that its
 * manifest states, and returns one row a picture, as long as stated.
 */
async function answers({
  session,
  about: { input, outputs },
}: Loaded<Recogniser>): Promise<readonly [Float32Array, Float32Array] | undefined> {
  const [, channels, height, width] = input.shape;
  const [{ name, shape }] = outputs;
  const answer = async (level: (pixel: number) => number) => {
    const pixels = Float32Array.from({ length: channels * height * width }, (_, pixel) => level(pixel));
    const feeds = { [input.name]: new Tensor('float32', pixels, [1, channels, height, width]) };
    const { dims, type, data } = (await session.run(feeds, [name]))[name];
    const fits = type === 'float32' && dims.length === 2 && dims[0] === 1 && dims[1] === shape[1];
    return fits ? (data as Float32Array) : undefined;
  };
  try {
    const blank = await answer(() => 0);
    const ramp = await answer((pixel) => pixel % 256);
    return blank && ramp && [blank, ramp];
  } catch {
    return undefined;
  }
}
