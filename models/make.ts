import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Graph, type Manifest, type Net, readModel } from '../appliance/face/manifest.js';
import { err, ok, type Result } from '../appliance/result.js';
import { recipes } from './recipes.js';
import { readSource, sha256, type SourceFault } from './sources.js';

export type Model = Net | Graph;
export type MakeFault = SourceFault | 'onnx-differs';
export type Made = 'kept' | 'built';

/** Every model of the manifest, in the order in which they are made. */
export function modelsOf({ detector, mesh, recogniser, warp, candidates }: Manifest): Model[] {
  return [detector, mesh, recogniser, warp, ...candidates];
}

/**
 * Makes a model's ONNX file in `folder`, unless the one that the manifest names is there already. Nothing is
 * written unless the package's files and the result have the manifest's hashes.
 */
export function makeModel(model: Model, folder: string): Result<Made, MakeFault> {
  if (readModel(folder, model).ok) return ok('kept');
  const source = 'source' in model ? readSource(model.source) : ok([]);
  if (!source.ok) return source;
  const bytes = convert(model.id, source.value);
  if (sha256(bytes) !== model.sha256) return err('onnx-differs');
  writeWhole(join(folder, model.file), bytes);
  return ok('built');
}

/** The bytes of a model's ONNX file out of its source files. */
export function convert(id: string, files: readonly Uint8Array[]): Uint8Array {
  const recipe = recipes.get(id);
  if (!recipe) throw new Error(`nobody knows how to make ${id}`);
  return recipe(files);
}

/** Under another name first, so that a build that is broken off leaves no half file under the right one. */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(`${path}.unfinished`, bytes);
  renameSync(`${path}.unfinished`, path);
}
