import assert from 'node:assert/strict';

import { type Manifest, type Net, readManifest, readModel } from '../../appliance/face/manifest.js';
import { installation } from '../../appliance/installation.js';
import { buildModel, modelsOf } from '../../models/build-model.js';

/** The manifest, after every model in it was built. */
export function builtManifest(): Manifest {
  const manifest = readManifest(installation.manifest);
  assert.ok(manifest.ok);
  for (const model of modelsOf(manifest.value))
    assert.ok(buildModel(model, installation.models).ok, model.id);
  return manifest.value;
}

export function builtModel(model: Net): Uint8Array {
  const bytes = readModel(installation.models, model);
  assert.ok(bytes.ok);
  return bytes.value;
}
