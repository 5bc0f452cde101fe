import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { relativeDifference, tolerance } from '../../appliance/face/golden.js';
import { type Manifest, type Net } from '../../appliance/face/manifest.js';
import { installation } from '../../appliance/installation.js';
import { buildModel, modelsOf } from '../../models/build-model.js';
import { refreshManifest } from '../../models/refresh-manifest.js';
import { builtManifest, builtModel } from './built.js';

describe('the build of the models', () => {
  let manifest: Manifest;
  let folder: string;

  before(() => {
    manifest = builtManifest();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'terashi-models-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives the same bytes each time', () => {
    for (const model of modelsOf(manifest)) {
      assert.deepEqual(buildModel(model, folder), { ok: true, value: 'built' });
      assert.ok(readFileSync(join(folder, model.file)).equals(builtModel(model)), model.id);
      assert.deepEqual(buildModel(model, folder), { ok: true, value: 'kept' });
    }
    assert.deepEqual(
      readdirSync(folder).sort(),
      modelsOf(manifest)
        .map((model) => model.file)
        .sort(),
    );
  });

  it('rebuilds a changed file', () => {
    const { mesh } = manifest;
    writeFileSync(join(folder, mesh.file), 'not a net');
    assert.deepEqual(buildModel(mesh, folder), { ok: true, value: 'built' });
    assert.ok(readFileSync(join(folder, mesh.file)).equals(builtModel(mesh)));
  });

  const zeros = '0'.repeat(64);
  const refusals: [string, (net: Net) => Net][] = [
    ['package-missing', (net) => ({ ...net, source: { ...net.source, package: '@terashi/nowhere' } })],
    ['package-differs', (net) => ({ ...net, source: { ...net.source, version: '0.0.1' } })],
    [
      'package-differs',
      ({ source, ...net }) => ({
        ...net,
        source: { ...source, files: [source.files[0], { ...source.files[1], sha256: zeros }] },
      }),
    ],
    ['onnx-differs', (net) => ({ ...net, sha256: zeros })],
  ];
  for (const [fault, change] of refusals) {
    it(`says ${fault}, and writes nothing`, () => {
      assert.deepEqual(buildModel(change(manifest.mesh), folder), { ok: false, error: fault });
      assert.ok(!existsSync(join(folder, manifest.mesh.file)));
    });
  }

  it('finds nothing in the manifest to refresh', async () => {
    assert.deepEqual(await refreshManifest(manifest), { ok: true, value: manifest });
  });

  it('prints the state of the models as one line of JSON', () => {
    const { status, stdout } = run('--json');
    assert.equal(status, 0);
    const { models } = JSON.parse(stdout) as { models: { id: string; sha256: string; state: string }[] };
    assert.deepEqual(
      models.map(({ id, sha256, state }) => ({ id, sha256, state })),
      modelsOf(manifest).map(({ id, sha256 }) => ({ id, sha256, state: 'kept' })),
    );
  });

  it('prints the golden output of a pack', () => {
    const { recogniser } = manifest;
    const { source: _, ...builtIn } = recogniser;
    // A pack may not bear a built-in's name.
    const net = { ...builtIn, id: 'own' };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: 1, recogniser: net }));
    writeFileSync(join(folder, net.file), builtModel(recogniser));
    const { stdout } = run('--golden', folder);
    assert.ok(relativeDifference(JSON.parse(stdout) as number[], net.outputs[0].golden) < tolerance);
  });

  it('answers a wrong option with its usage', () => {
    const { status, stderr } = run('--all');
    assert.equal(status, 2);
    assert.match(stderr, /--write-manifest/);
  });

  function run(...options: string[]) {
    const program = join(installation.root, 'build', 'models', 'build.js');
    return spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' });
  }
});
