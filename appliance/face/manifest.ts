import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as z from 'zod';

import { calibration } from '../calibration/calibration.js';
import { err, ok, type Result } from '../result.js';
import type { ModelFileFault } from '../findings.js';

/** What `models/manifest.json` states of each net: where it came from, what goes in, what comes out. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const fraction = z.number().min(0).max(1);
const words = z.string().min(1).max(1000);
/** A name without a folder, so that a manifest cannot point outside the folder of the models. */
const onnxFile = z.string().regex(/^\w[\w.-]{0,80}\.onnx$/);
const tensorName = z.string().min(1).max(60);
const meshIndex = count.max(467);
/** Of a net's square input, in pixels. */
const side = z.number().int().positive().max(1024);
const dimension = z.union([z.number().int().positive(), z.string().regex(/^[A-Z]$/)]);
const perChannel = z.tuple([z.number(), z.number(), z.number()]);

const tensor = z.strictObject({
  name: tensorName,
  shape: z.array(dimension).min(1).max(4),
  meaning: words,
});

/**
 * What a net answers to a made pattern (golden.ts), folded to so many numbers. A net that loads and answers
 * otherwise is not the one that was measured, or does not run as it should on this machine.
 */
const golden = z.array(z.number()).min(1).max(128);
const proven = { outputs: z.array(tensor.extend({ golden })).min(1).max(8) };

const built = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/),
  file: onnxFile,
  sha256,
  bytes: z.number().int().positive(),
  licence: words,
  outputs: z.array(tensor).min(1).max(8),
};

/** A net that reads one picture; only a candidate or a pack's may leave open what it answers to the pattern. */
const net = z.strictObject({
  ...built,
  outputs: z
    .array(tensor.extend({ golden: golden.optional() }))
    .min(1)
    .max(8),
  source: z.strictObject({
    package: z.string().regex(/^(@[a-z0-9-]+\/)?[a-z0-9-]+$/),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    files: z
      .array(z.strictObject({ path: z.string().regex(/^[\w-]+(\/[\w-]+)*(\.[\w-]+)*$/), sha256 }))
      .min(1)
      .max(8),
  }),
  origin: words,
  /** `shape` is [N, 3, S, S]. A channel's level, 0 to 255, goes in as level × scale + offset. */
  input: z.strictObject({
    name: z.literal('image'),
    shape: z.tuple([z.literal('N'), z.literal(3), side, side]),
    colours: z.literal('RGB'),
    scale: perChannel,
    offset: perChannel,
  }),
});

/** A graph without weights that the project draws itself. */
const graph = z.strictObject({ ...built, inputs: z.array(tensor).min(1).max(8) });

/** What a recogniser is described by besides its net. */
const comparing = {
  /**
   * The similarity transform that brings five points of the mesh, or middles between two, nearest to `points` (in least squares)
   * makes the picture that the net wants: a point p of the unit square stands at
   * size × (padding + p) / (2 × padding + 1) pixels.
   */
  alignment: z.strictObject({
    meshIndices: z.array(z.union([meshIndex, z.tuple([meshIndex, meshIndex])])).length(5),
    points: z.array(z.tuple([z.number(), z.number()])).length(5),
    size: z.number().int().positive(),
    padding: z.number().nonnegative(),
  }),
  /** The template is the mean of those of the aligned picture and of its mirror image. */
  mirrored: z.boolean(),
  /** The similarity score is max(0, 1 − distance), or max(0, cosine). */
  distance: z.enum(['euclidean', 'cosine']),
  /** The similarity from which on two pictures are taken for one person, unless the settings say otherwise. */
  threshold: fraction,
  calibration,
};

/**
 * How the recogniser of a visit is described, be it the built-in one or a pack's. A pack's may want blue first, name
 * its input otherwise, and take one picture at a time.
 */
const recogniser = net.omit({ source: true }).extend({
  ...comparing,
  input: net.shape.input.extend({
    name: tensorName,
    shape: z.tuple([z.union([z.literal('N'), z.literal(1)]), z.literal(3), side, side]),
    colours: z.enum(['RGB', 'BGR']),
  }),
});

export const manifest = z.strictObject({
  version: z.literal(1),
  detector: net.extend(proven),
  mesh: net.extend(proven),
  recogniser: net.extend({ ...comparing, ...proven }),
  warp: graph,
  /** Nets that no visit uses: the workbench weighs them against the recogniser. */
  candidates: z.array(net).max(8),
});
export type Manifest = z.infer<typeof manifest>;

/** `manifest.json` of a model pack: a folder with a recogniser that takes the built-in one's place. */
export const pack = z.strictObject({ version: z.literal(1), recogniser });
export type Net = z.infer<typeof net>;
export type Graph = z.infer<typeof graph>;
export type Recogniser = z.infer<typeof recogniser>;

/** Reads the manifest: `model-missing` where there is none, `model-mismatch` where it is not one. */
export function readManifest(path: string): Result<Manifest, ModelFileFault> {
  return readJson(path, manifest);
}

/** Reads what a pack's manifest says of its recogniser, with the same faults. */
export function readPack(folder: string): Result<Recogniser, ModelFileFault> {
  const read = readJson(join(folder, 'manifest.json'), pack);
  return read.ok ? ok(read.value.recogniser) : read;
}

function readJson<T>(path: string, schema: z.ZodType<T>): Result<T, ModelFileFault> {
  const bytes = read(path);
  if (!bytes) return err('model-missing');
  try {
    const parsed = schema.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? ok(parsed.data) : err('model-mismatch');
  } catch {
    return err('model-mismatch');
  }
}

/**
 * Reads a net's ONNX file out of `folder`, for onnxruntime to load from these very bytes: `model-missing` where
 * there is none, `model-mismatch` where it is not the one that the manifest names.
 */
export function readModel(
  folder: string,
  { file, sha256: expected }: Pick<Net, 'file' | 'sha256'>,
): Result<Uint8Array, ModelFileFault> {
  const bytes = read(join(folder, file));
  if (!bytes) return err('model-missing');
  return createHash('sha256').update(bytes).digest('hex') === expected ? ok(bytes) : err('model-mismatch');
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
