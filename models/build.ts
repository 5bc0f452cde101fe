import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { format, resolveConfig } from 'prettier';

import { goldenOutputs } from '../appliance/face/golden.js';
import { type Manifest, readManifest } from '../appliance/face/manifest.js';
import { loadModels } from '../appliance/face/sessions.js';
import { installation } from '../appliance/installation.js';
import { buildModel, modelsOf } from './build-model.js';
import { Unconvertible } from './convert/unconvertible.js';
import { refreshManifest } from './refresh-manifest.js';
import { announcements, type Fault, remedies } from './words.js';

const usage = 'node build/models/build.js [--json] [--write-manifest | --golden PACK]';

/**
 * Converts the nets in the npm packages to the ONNX files that `models/manifest.json` lists; returns the exit
 * status.
 */
async function main(): Promise<number> {
  const options = readOptions();
  if (!options) {
    console.error(usage);
    return 2;
  }
  const manifest = readManifest(installation.manifest);
  if (!manifest.ok) return fail('manifest', manifest.error);
  if (options.golden !== undefined) return printGolden(options.golden);
  if (options['write-manifest']) return writeManifest(manifest.value);

  const started = performance.now();
  const made = [];
  for (const model of modelsOf(manifest.value)) {
    const { id, file, bytes } = model;
    const state = buildModel(model, installation.models);
    if (!state.ok) return fail(id, state.error);
    if (!options.json) console.log(announcements[state.value](id, bytes));
    made.push({ id, file, bytes, sha256: model.sha256, state: state.value });
  }
  const milliseconds = Math.round(performance.now() - started);
  if (options.json) console.log(JSON.stringify({ models: made, milliseconds }));
  return 0;
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean' },
        'write-manifest': { type: 'boolean' },
        golden: { type: 'string' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

/** Prints the golden output of a pack's recogniser, for the pack's manifest. */
async function printGolden(pack: string): Promise<number> {
  const models = await loadModels({ ...installation, pack, trusted: 'anybody' });
  if (!models.ok) {
    console.error(`${pack}: ${models.error}`);
    return 1;
  }
  const { recognisers } = await goldenOutputs(models.value);
  const [golden] = Object.values(recognisers[0]);
  console.log(JSON.stringify(golden.map((value) => Number(value.toPrecision(6)))));
  return 0;
}

async function writeManifest(manifest: Manifest): Promise<number> {
  const refreshed = await refreshManifest(manifest);
  if (!refreshed.ok) return fail('manifest', refreshed.error);
  const style = await resolveConfig(installation.manifest);
  const text = await format(JSON.stringify(refreshed.value), { ...style, parser: 'json' });
  writeFileSync(installation.manifest, text);
  console.log(announcements.manifest);
  return 0;
}

function fail(id: string, fault: Fault): number {
  console.error(`${id}: ${remedies[fault]}`);
  return 1;
}

/** A package changed to what the converter cannot read; nothing was written. */
function failToConvert(error: unknown): number {
  if (!(error instanceof Unconvertible)) throw error;
  console.error(announcements.unconvertible(error.message));
  return 1;
}

process.exitCode = await main().catch(failToConvert);
