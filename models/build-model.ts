import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Manifest, type Net, readModel } from '../appliance/face/manifest.js';
import { err, ok, type Result } from '../appliance/result.js';
import { Unconvertible } from './convert/unconvertible.js';
import { recipes } from './recipes.js';
import { readSource, sha256, type SourceFault } from './sources.js';

export type BuildFault = SourceFault | 'onnx-differs';
export type BuildOutcome = 'kept' | 'built';

/** Every model in the manifest, in build order. */
export function modelsOf({ detector, mesh, recogniser, alternatives, candidates }: Manifest): Net[] {
  return [detector, mesh, recogniser, ...alternatives, ...candidates];
}

/**
 * Builds a model's ONNX file in `folder` unless the file in the manifest is already there. Writes nothing
 * unless the package's files and the result match the manifest's hashes.
 */
export function buildModel(model: Net, folder: string): Result<BuildOutcome, BuildFault> {
  if (readModel(folder, model).ok) return ok('kept');
  const source = readSource(model.source);
  if (!source.ok) return source;
  const bytes = convert(model.id, source.value);
  if (sha256(bytes) !== model.sha256) return err('onnx-differs');
  writeWhole(join(folder, model.file), bytes);
  return ok('built');
}

/** Converts a model's source files to the bytes of its ONNX file. Throws `Unconvertible`, naming the model. */
export function convert(id: string, files: readonly Uint8Array[]): Uint8Array {
  const recipe = recipes.get(id);
  if (!recipe) throw new Error(`no recipe for ${id}`);
  try {
    return recipe(files);
  } catch (error) {
    throw error instanceof Unconvertible ? new Unconvertible(`${id}: ${error.message}`) : error;
  }
}

/** Writes to a temporary name and renames, so that an interrupted build leaves no partial file. */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(`${path}.unfinished`, bytes);
  renameSync(`${path}.unfinished`, path);
}
