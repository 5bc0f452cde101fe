import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import type { CalibrationFile } from '../../appliance/calibration/calibration.js';
import { cosine, distance, similarity } from '../../appliance/face/compare.js';
import { findFaces } from '../../appliance/face/faces.js';
import { readManifest } from '../../appliance/face/manifest.js';
import { type FaceModels, loadModels } from '../../appliance/face/sessions.js';
import { makeTemplate, type Template } from '../../appliance/face/template.js';
import { installation } from '../../appliance/installation.js';
import { recogniserName } from '../../appliance/protocol/vault.js';
import { people, pictureOf, portraitOf } from './samples.js';

const fused: (typeof recogniserName.options)[number] = 'dlib-resnet-mobilefacenet';

async function modelsWith(recogniser: string): Promise<FaceModels> {
  const models = await loadModels({ ...installation, recogniser });
  assert.ok(models.ok, models.ok ? '' : models.error);
  return models.value;
}

describe('a fusion of recognisers', () => {
  let models: FaceModels;
  before(async () => (models = await modelsWith(fused)));

  const manifest = readManifest(installation.manifest);
  assert.ok(manifest.ok);
  const [{ members }] = manifest.value.fusions;

  it('makes its template of its members’ templates, in colour and in grey', async () => {
    const picture = await pictureOf(portraitOf(people[1]));
    const [{ mesh }] = await findFaces(models, picture);
    for (const colour of [true, false]) {
      const parts: Template[] = [];
      for (const { id } of members) {
        parts.push(await makeTemplate(await modelsWith(id), picture, mesh, { colour }));
      }
      assert.deepEqual(
        [...(await makeTemplate(models, picture, mesh, { colour }))],
        parts.flatMap((part) => [...part]),
      );
    }
  });

  it('ranks pairs by the weighted sum of the members’ standard scores', () => {
    const { measure } = models.recogniser.about;
    const template = fc.float32Array({
      minLength: 320,
      maxLength: 320,
      min: Math.fround(-0.05),
      max: Math.fround(0.05),
      noNaN: true,
    });
    const zSum = (one: Template, other: Template) =>
      -distance(one.subarray(0, 128), other.subarray(0, 128)) / members[0].deviation +
      (2 * cosine(one.subarray(128), other.subarray(128))) / members[1].deviation;
    fc.assert(
      fc.property(template, template, template, (document, one, other) => {
        const [score, another] = [similarity(document, one, measure), similarity(document, other, measure)];
        // Scores have four decimals, and those of strangers may be 0.
        if (score > another) assert.ok(zSum(document, one) > zSum(document, other));
        assert.ok(score >= 0 && score <= 1);
        assert.equal(similarity(one, one, measure), one.subarray(128).some(Boolean) ? 1 : score);
      }),
    );
  });

  it('tells one person from another', async () => {
    const template = async (index: number, room: number) => {
      const picture = await pictureOf(portraitOf(people[index], room));
      const [face] = await findFaces(models, picture);
      return makeTemplate(models, picture, face.mesh, { colour: true });
    };
    const { measure, threshold } = models.recogniser.about;
    const reference = await template(1, 1.9);
    assert.ok(similarity(reference, await template(1, 2.6), measure) > threshold);
    assert.ok(similarity(reference, await template(2, 1.9), measure) < threshold);
  });

  it('has a hash of its own', async () => {
    const hashes = await Promise.all(
      [fused, ...members.map(({ id }) => id)].map(
        async (id) => (await modelsWith(id)).recogniser.about.sha256,
      ),
    );
    assert.equal(new Set(hashes).size, 3);
  });
});

describe('choosing a recogniser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-fusion-'));
  after(() => rmSync(folder, { recursive: true }));

  it('takes the one that the manifest has by that name, and the usual one without a name', async () => {
    assert.equal((await modelsWith('mobilefacenet')).recogniser.about.id, 'mobilefacenet');
    const usual = await loadModels(installation);
    assert.ok(usual.ok && usual.value.recogniser.about.id === fused);
    assert.equal(recogniserName.options[0], fused);
  });

  it('refuses a name that the manifest lacks, and a fusion whose member has no file', async () => {
    const missing = { ok: false, error: 'model-missing' };
    assert.deepEqual(await loadModels({ ...installation, recogniser: 'nobody' }), missing);
    for (const file of ['blazeface', 'facemesh', 'dlib-resnet']) {
      copyFileSync(join(installation.models, `${file}.onnx`), join(folder, `${file}.onnx`));
    }
    assert.deepEqual(await loadModels({ ...installation, models: folder }), missing);
    assert.ok((await loadModels({ ...installation, models: folder, recogniser: 'dlib-resnet' })).ok);
  });

  it('fuses a pack’s own net with a built-in one', async () => {
    const { members, about } = (await modelsWith(fused)).recogniser;
    const { source: _, ...own } = { ...members[1].about, source: undefined };
    copyFileSync(join(installation.models, own.file), join(folder, own.file));
    const packWith = (ids: readonly string[]) => {
      const { threshold, calibration } = about;
      const parts = ids.map((id) => ({ id, deviation: 0.1, weight: 1 }));
      const fusion = { id: 'both', members: parts, threshold, calibration };
      const recogniser = { ...own, id: 'own' };
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: 1, recogniser, fusion }));
      return loadModels({ ...installation, pack: folder, trusted: 'anybody' });
    };
    const both = await packWith(['own', 'dlib-resnet']);
    assert.ok(both.ok);
    assert.deepEqual(
      both.value.recogniser.members.map(({ about: { id } }) => id),
      ['own', 'dlib-resnet'],
    );
    assert.equal(both.value.recogniser.about.id, 'both');
    assert.deepEqual(await packWith(['own', 'nobody']), { ok: false, error: 'model-missing' });
    assert.deepEqual(await packWith(['dlib-resnet', 'mobilefacenet']), {
      ok: false,
      error: 'model-mismatch',
    });
  });

  it('refuses a calibration of one of a fusion’s members', async () => {
    const { about } = (await modelsWith(fused)).recogniser;
    const calibration = join(folder, 'calibration.json');
    const made: CalibrationFile = {
      ...about.calibration,
      version: 2,
      model: about.sha256,
      date: '2026-11-30',
      pictures: 30,
    };
    writeFileSync(calibration, JSON.stringify(made));
    assert.ok((await loadModels({ ...installation, recogniser: fused, calibration, trusted: 'anybody' })).ok);
    const { sha256 } = (await modelsWith('mobilefacenet')).recogniser.about;
    writeFileSync(calibration, JSON.stringify({ ...made, model: sha256 }));
    assert.deepEqual(
      await loadModels({ ...installation, recogniser: fused, calibration, trusted: 'anybody' }),
      {
        ok: false,
        error: 'model-uncalibrated',
      },
    );
    assert.ok(readFileSync(calibration, 'utf8').includes(sha256));
  });
});
