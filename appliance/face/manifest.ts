import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as z from 'zod';

import { calibration } from '../calibration/calibration.js';
import { err, ok, type Result } from '../result.js';
import { readSigned, type Trusted } from '../signature/signed-file.js';
import type { ManifestFault, ModelFileFault, SignatureFault } from '../findings.js';
import { modelId as id } from '../protocol/vault.js';
import { hasExternalData } from './onnx-file.js';
import { signatureFault } from './signature-fault.js';

/** The schema of `models/manifest.json`: for each net its source, inputs and outputs. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const fraction = z.number().min(0).max(1);
const text = z.string().min(1).max(1000);
/** Without a folder, so that a manifest cannot point outside the models' folder. */
const onnxFile = z.string().regex(/^\w[\w.-]{0,80}\.onnx$/);
const tensorName = z.string().min(1).max(60);
const meshIndex = count.max(467);
/** The side of a net's square input, in pixels. */
const side = z.number().int().positive().max(1024);
const dimension = z.union([z.number().int().positive(), z.string().regex(/^[A-Z]$/)]);
const perChannel = z.tuple([z.number(), z.number(), z.number()]);

const tensor = z.strictObject({
  name: tensorName,
  shape: z.array(dimension).min(1).max(4),
  meaning: text,
});

/**
 * The golden output: what a net returns for the test pattern (golden.ts), reduced to this many numbers. A net that
 * loads but returns something else is not the measured one, or does not run correctly on this machine.
 */
const golden = z.array(z.number()).min(1).max(128);
const withGolden = { outputs: z.array(tensor.extend({ golden })).min(1).max(8) };

const artefact = {
  id,
  file: onnxFile,
  sha256,
  bytes: z.number().int().positive(),
  licence: text,
  outputs: z.array(tensor).min(1).max(8),
};

/** A net that takes one picture. Only candidates may omit golden outputs: no visit uses them. */
const net = z.strictObject({
  ...artefact,
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
  origin: text,
  /** `shape` is [N, 3, S, S]. The input is level × scale + offset of each channel's level, 0 to 255. */
  input: z.strictObject({
    name: z.literal('image'),
    shape: z.tuple([z.literal('N'), z.literal(3), side, side]),
    colours: z.literal('RGB'),
    scale: perChannel,
    offset: perChannel,
  }),
});

/** What the manifest states of a recogniser besides its net. */
const comparison = {
  /**
   * How the net's picture is aligned: by the similarity transform that maps five points of the mesh, or midpoints of
   * two, to `points` (least squares). A point p of the unit square is at size × (padding + p) / (2 × padding + 1)
   * pixels.
   */
  alignment: z.strictObject({
    meshIndices: z.array(z.union([meshIndex, z.tuple([meshIndex, meshIndex])])).length(5),
    points: z.array(z.tuple([z.number(), z.number()])).length(5),
    size: z.number().int().positive(),
    padding: z.number().nonnegative(),
  }),
  /** Whether the template is the mean over the aligned picture and its mirror image. */
  mirrored: z.boolean(),
  /** The similarity score is max(0, 1 − distance), or max(0, cosine). */
  distance: z.enum(['euclidean', 'cosine']),
  /** The decision threshold on the similarity score, unless the settings override it. */
  threshold: fraction,
  calibration,
};

/**
 * The recogniser of a visit, built-in or from a pack. A pack's may take BGR, name its input differently, and have a
 * batch size of one.
 */
const recogniser = net.omit({ source: true }).extend({
  ...comparison,
  ...withGolden,
  input: net.shape.input.extend({
    name: tensorName,
    shape: z.tuple([z.union([z.literal('N'), z.literal(1)]), z.literal(3), side, side]),
    colours: z.enum(['RGB', 'BGR']),
  }),
});

const builtIn = net.extend({ ...comparison, ...withGolden });

/**
 * Several recognisers as one, compared by the sum of their standard scores (z-sum): each score over the standard
 * deviation that it has between strangers, and times a weight. Its similarity score is that sum as a weighted mean of the
 * members' scores.
 */
const fusion = z.strictObject({
  id,
  members: z
    .array(z.strictObject({ id, deviation: z.number().positive(), weight: z.number().positive() }))
    .min(2)
    .max(4),
  threshold: fraction,
  calibration,
});

export const manifest = z
  .strictObject({
    version: z.literal(1),
    /** The id of the recogniser or fusion that a visit compares with, unless the settings choose another. */
    default: id,
    detector: net.extend(withGolden),
    mesh: net.extend(withGolden),
    recogniser: builtIn,
    /** Other nets, for a visit or as members of a fusion. */
    alternatives: z.array(builtIn).max(4),
    fusions: z.array(fusion).max(4),
    /** Nets that no visit uses. */
    candidates: z.array(net).max(8),
  })
  .refine(
    ({ recogniser, alternatives, fusions }) =>
      fusions
        .flatMap(({ members }) => members)
        .every((member) => [recogniser, ...alternatives].some(({ id }) => id === member.id)),
    'a fusion whose member is missing',
  )
  .refine(
    ({ default: usual, recogniser, alternatives, fusions }) =>
      [recogniser, ...alternatives, ...fusions].some(({ id }) => id === usual),
    'a default that is missing',
  );
export type Manifest = z.infer<typeof manifest>;

/**
 * `manifest.json` of a model pack: a folder with a recogniser that replaces the built-in one, or is fused with built-in
 * ones.
 */
const pack = z
  .strictObject({ version: z.literal(1), recogniser, fusion: fusion.optional() })
  .refine(
    (pack) => !pack.fusion || pack.fusion.members.some(({ id }) => id === pack.recogniser.id),
    'a fusion without the pack’s own recogniser',
  );
type Pack = z.infer<typeof pack>;
export type Net = z.infer<typeof net>;
/** A net whose outputs for the pattern are stated. */
export type WithGolden = Pick<z.infer<typeof recogniser>, 'outputs'>;
export type Recogniser = z.infer<typeof recogniser>;
export type Fusion = z.infer<typeof fusion>;

/** A part of a fusion's template, and the share of its score in the whole; the shares add up to 1. */
type Part = { readonly by: Recogniser['distance']; readonly length: number; readonly share: number };

/** How two templates are compared: as their net's manifest states, or part by part. */
export type Measure = Recogniser['distance'] | readonly Part[];

/** Reads the manifest. Errors: `model-missing` if there is none, `model-mismatch` if it is invalid. */
export function readManifest(path: string): Result<Manifest, ManifestFault> {
  return readJson(path, manifest);
}

/** In bytes: a manifest with golden outputs and the calibrations of a net and a fusion has some 50,000. */
const longestPack = 512 * 1024;

/** A pack's manifest, by which the pack is known and signed: it holds the hash of the net. */
export const packManifest = 'manifest.json';

/** Reads a pack's manifest, with the same errors, and those of its signature. */
export function readPack(folder: string, trusted: Trusted): Result<Pack, ManifestFault | SignatureFault> {
  const bytes = readSigned(join(folder, packManifest), longestPack, 'pack', trusted);
  return bytes.ok ? parse(bytes.value, pack) : err(signatureFault(bytes.error) ?? 'model-missing');
}

/** Whether the bytes are a pack's manifest. */
export const isPack = (bytes: Uint8Array): boolean => parse(Buffer.from(bytes), pack).ok;

function readJson<T>(path: string, schema: z.ZodType<T>): Result<T, ManifestFault> {
  const bytes = read(path);
  return bytes ? parse(bytes, schema) : err('model-missing');
}

function parse<T>(bytes: Buffer, schema: z.ZodType<T>): Result<T, ManifestFault> {
  try {
    const parsed = schema.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? ok(parsed.data) : err('model-mismatch');
  } catch {
    return err('model-mismatch');
  }
}

/**
 * Reads a net's ONNX file; onnxruntime loads these very bytes. Errors: `model-missing` if there is none,
 * `model-mismatch` if its hash is not the manifest's or it is not ONNX, `model-external-data` if it refers to other files,
 * which no hash would cover.
 */
export function readModel(
  folder: string,
  { file, sha256: expected }: Pick<Net, 'file' | 'sha256'>,
): Result<Uint8Array, ModelFileFault> {
  const bytes = read(join(folder, file));
  if (!bytes) return err('model-missing');
  if (createHash('sha256').update(bytes).digest('hex') !== expected) return err('model-mismatch');
  const external = hasExternalData(bytes);
  if (external === undefined) return err('model-mismatch');
  return external ? err('model-external-data') : ok(bytes);
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
