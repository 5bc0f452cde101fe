import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { format, resolveConfig } from 'prettier';

import { type Manifest, readManifest } from '../appliance/face/manifest.js';
import { installation } from '../appliance/installation.js';
import { makeModel, modelsOf } from './make.js';
import { refresh } from './refresh.js';
import { announcements, type Fault, remedies } from './words.js';

const usage = 'node build/models/build.js [--json] [--write-manifest]';

/** Turns the nets of the npm packages into ONNX files, as `models/manifest.json` says; returns the exit status. */
async function main(): Promise<number> {
  const options = readOptions();
  if (!options) {
    console.error(usage);
    return 2;
  }
  const manifest = readManifest(installation.manifest);
  if (!manifest.ok) return fail('manifest', manifest.error);
  if (options['write-manifest']) return writeManifest(manifest.value);

  const started = performance.now();
  const made = [];
  for (const model of modelsOf(manifest.value)) {
    const { id, file, bytes } = model;
    const state = makeModel(model, installation.models);
    if (!state.ok) return fail(id, state.error);
    if (!options.json) console.log(announcements[state.value](id, bytes));
    made.push({ id, file, bytes, sha256: model.sha256, state: state.value });
  }
  const milliseconds = Math.round(performance.now() - started);
  if (options.json) console.log(JSON.stringify({ models: made, milliseconds }));
  return 0;
}

function readOptions(): { json?: boolean; 'write-manifest'?: boolean } | undefined {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, 'write-manifest': { type: 'boolean' } } })
      .values;
  } catch {
    return undefined;
  }
}

async function writeManifest(manifest: Manifest): Promise<number> {
  const refreshed = refresh(manifest);
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

process.exitCode = await main();
