import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { faceModels } from './samples.js';

const nets = ['blazeface.onnx', 'facemesh.onnx', 'dlib-resnet.onnx', 'mobilefacenet.onnx'];

describe('loading the models', () => {
  let folder: string;
  beforeEach(async () => {
    await faceModels();
    folder = await mkdtemp(join(tmpdir(), 'terashi-models-'));
    for (const net of nets) await symlink(join(installation.models, net), join(folder, net));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const load = () => loadModels({ manifest: installation.manifest, models: folder });

  it('succeeds with the files that the manifest names', async () => {
    assert.ok((await load()).ok);
  });

  for (const net of nets) {
    it(`refuses a ${net} with one changed byte`, async () => {
      const bytes = await readFile(join(folder, net));
      bytes[Math.floor(bytes.length / 2)] ^= 1;
      await unlink(join(folder, net));
      await writeFile(join(folder, net), bytes);
      assert.deepEqual(await load(), { ok: false, error: 'model-mismatch' });
    });
  }

  it('refuses a truncated file, and another net', async () => {
    await unlink(join(folder, nets[0]));
    await copyFile(join(installation.models, nets[0]), join(folder, nets[0]));
    await truncate(join(folder, nets[0]), 1000);
    assert.deepEqual(await load(), { ok: false, error: 'model-mismatch' });
    await copyFile(join(installation.models, nets[1]), join(folder, nets[0]));
    assert.deepEqual(await load(), { ok: false, error: 'model-mismatch' });
  });

  it('names the missing file', async () => {
    await unlink(join(folder, nets[2]));
    assert.deepEqual(await load(), { ok: false, error: 'model-missing' });
    const nowhere = { manifest: join(folder, 'manifest.json'), models: folder };
    assert.deepEqual(await loadModels(nowhere), { ok: false, error: 'model-missing' });
  });

  it('refuses a file that is not a manifest', async () => {
    const manifest = join(folder, 'manifest.json');
    await writeFile(manifest, '{"version": 1}');
    assert.deepEqual(await loadModels({ manifest, models: folder }), { ok: false, error: 'model-mismatch' });
  });
});
