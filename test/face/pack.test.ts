import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CalibrationFile } from '../../appliance/calibration/calibration.js';
import { similarity } from '../../appliance/face/compare.js';
import { findFaces } from '../../appliance/face/faces.js';
import { readManifest, type Recogniser } from '../../appliance/face/manifest.js';
import { type FaceModels, loadModels } from '../../appliance/face/sessions.js';
import { chipToPicture, makeTemplate } from '../../appliance/face/template.js';
import { installation } from '../../appliance/installation.js';
import { people, type Person, pictureOf, portraitOf } from './samples.js';

/** An arbitrary calibration: a pack without one would be refused. */
const calibration = {
  data: 'made up for a test',
  strata: {
    any: {
      people: 200,
      groups: {},
      comparisons: 100,
      independent: 100,
      points: [
        { similarity: 0, falseMatches: 100, upper95: 1 },
        { similarity: 0.5, falseMatches: 0, upper95: 0.03 },
      ],
    },
  },
};

describe('a model pack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-pack-'));
  after(() => rmSync(folder, { recursive: true }));

  const builtIn = readManifest(installation.manifest);
  assert.ok(builtIn.ok);
  const faceres = builtIn.value.candidates.find(({ id }) => id === 'faceres');
  assert.ok(faceres);
  const { source: _, ...candidate } = faceres;
  // Those of the golden outputs are the vault's to compare (golden.test.ts).
  const net = { ...candidate, outputs: candidate.outputs.map((output) => ({ ...output, golden: [0] })) };

  /** The second model in the npm packages: larger, compared by cosine, with its makers' eye positions. */
  const recogniser: Recogniser = {
    ...net,
    alignment: {
      // The middles of the eyes, the tip of the nose, the corners of the mouth.
      meshIndices: [[33, 133], [362, 263], 4, 61, 291],
      points: [
        [0.36, 0.4],
        [0.64, 0.4],
        [0.5, 0.56],
        [0.39, 0.7],
        [0.61, 0.7],
      ],
      size: 224,
      padding: 0,
    },
    mirrored: true,
    distance: 'cosine',
    threshold: 0.5,
    calibration,
  };

  function pack(changed: object = {}): string {
    copyFileSync(join(installation.models, net.file), join(folder, net.file));
    writeFileSync(
      join(folder, 'manifest.json'),
      JSON.stringify({ version: 1, recogniser: { ...recogniser, ...changed } }),
    );
    return folder;
  }

  async function loaded(changed?: object): Promise<FaceModels> {
    const models = await loadModels({ ...installation, pack: pack(changed), trusted: 'anybody' });
    assert.ok(models.ok, models.ok ? '' : models.error);
    return models.value;
  }

  async function scores(models: FaceModels): Promise<{ same: number; other: number }> {
    const template = async (person: Person, room: number) => {
      const picture = await pictureOf(portraitOf(person, room));
      const [face] = await findFaces(models, picture);
      return makeTemplate(models, picture, face.mesh, { colour: true });
    };
    const [one, other] = [people[1], people[2]];
    const reference = await template(one, 1.9);
    return {
      same: similarity(reference, await template(one, 2.6), 'cosine'),
      other: similarity(reference, await template(other, 1.9), 'cosine'),
    };
  }

  it('replaces the built-in recogniser with its own size, alignment and distance', async () => {
    const models = await loaded();
    assert.equal(models.recogniser.about.id, 'faceres');
    const { same, other } = await scores(models);
    assert.ok(same > 0.9 && other < same - 0.1, `${same} ${other}`);
  });

  it('gets the centres of the eyes where its manifest puts them', async () => {
    const { alignment } = (await loaded()).recogniser.members[0].about;
    const mesh = Array.from({ length: 468 }, () => ({ x: 0, y: 0 }));
    // The template's points, twice as large and moved by (10, 20).
    const at = (index: number, [x, y]: readonly number[], beside = 0) =>
      (mesh[index] = { x: 10 + 448 * x + beside, y: 20 + 448 * y });
    const [left, right, nose, ...corners] = alignment.points;
    for (const [index, point, beside] of [
      [33, left, -7],
      [133, left, 7],
      [362, right, -5],
      [263, right, 5],
      [4, nose, 0],
      [61, corners[0], 0],
      [291, corners[1], 0],
    ] as const) {
      at(index, point, beside);
    }
    const { a, b, c, d, e, f } = chipToPicture(alignment, mesh);
    for (const [value, expected] of [
      [a, 2],
      [b, 0],
      [c, 10],
      [d, 0],
      [e, 2],
      [f, 20],
    ]) {
      assert.ok(Math.abs(value - expected) < 1e-9, `${value} ${expected}`);
    }
  });

  it('gets blue first if its manifest says so', async () => {
    const rgb = await loaded({ mirrored: false });
    const bgr = await loaded({ mirrored: false, input: { ...recogniser.input, colours: 'BGR' } });
    const picture = await pictureOf(portraitOf(people[1]));
    // A net that wants blue first sees the same as one that gets red and blue swapped by hand.
    const swapped = { ...picture, data: Uint8Array.from(picture.data) };
    for (let at = 0; at < swapped.data.length; at += 3) {
      swapped.data[at] = picture.data[at + 2];
      swapped.data[at + 2] = picture.data[at];
    }
    const [{ mesh }] = await findFaces(rgb, picture);
    const one = await makeTemplate(bgr, picture, mesh, { colour: true });
    assert.ok(similarity(one, await makeTemplate(rgb, swapped, mesh, { colour: true }), 'cosine') > 0.9999);
    assert.ok(similarity(one, await makeTemplate(rgb, picture, mesh, { colour: true }), 'cosine') < 0.9999);
  });

  it('may take one picture at a time', async () => {
    const shape = [1, ...recogniser.input.shape.slice(1)];
    assert.deepEqual(
      await scores(await loaded({ input: { ...recogniser.input, shape } })),
      await scores(await loaded()),
    );
  });

  for (const [what, changed, fault] of [
    ['whose hash is not that of its file', { sha256: '0'.repeat(64) }, 'model-mismatch'],
    ['without a calibration', { calibration: undefined }, 'model-mismatch'],
    ['without its file', { file: 'elsewhere.onnx' }, 'model-missing'],
    ['whose file would lie elsewhere', { file: '../faceres.onnx' }, 'model-mismatch'],
    [
      'that takes pictures of another size',
      { input: { ...recogniser.input, shape: ['N', 3, 112, 112] } },
      'model-mismatch',
    ],
    ['whose input has another name', { input: { ...recogniser.input, name: 'data' } }, 'model-mismatch'],
    ['without golden outputs', { outputs: candidate.outputs }, 'model-mismatch'],
    ['under the name of a built-in one', { id: 'dlib-resnet' }, 'model-mismatch'],
    ['under the name of a built-in fusion', { id: 'dlib-resnet-mobilefacenet' }, 'model-mismatch'],
    ['whose output has another name', { outputs: [{ ...net.outputs[0], name: 'fc1' }] }, 'model-mismatch'],
  ] as const) {
    it(`is refused ${what}`, async () => {
      assert.deepEqual(await loadModels({ ...installation, pack: pack(changed), trusted: 'anybody' }), {
        ok: false,
        error: fault,
      });
    });
  }

  it('is refused if its folder has no manifest, or a file that is not a net', async () => {
    const pack = join(folder, 'none');
    assert.deepEqual(await loadModels({ ...installation, pack, trusted: 'anybody' }), {
      ok: false,
      error: 'model-missing',
    });
  });
});

describe('a custom calibration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-calibration-'));
  const file = join(folder, 'calibration.json');
  after(() => rmSync(folder, { recursive: true }));

  const builtIn = readManifest(installation.manifest);
  assert.ok(builtIn.ok);
  const own: CalibrationFile = {
    version: 2,
    model: builtIn.value.recogniser.sha256,
    date: '2026-11-22',
    pictures: 30,
    ...calibration,
  };

  async function load(content: string) {
    writeFileSync(file, content);
    return loadModels({ ...installation, recogniser: 'dlib-resnet', calibration: file, trusted: 'anybody' });
  }

  it('replaces the one that came with the model', async () => {
    const models = await load(JSON.stringify(own));
    assert.ok(models.ok);
    assert.deepEqual(models.value.recogniser.about.calibration.strata, own.strata);
  });

  it('is refused if it belongs to another model, is cut short, or is missing', async () => {
    const refused = { ok: false, error: 'model-uncalibrated' };
    assert.deepEqual(await load(JSON.stringify({ ...own, model: 'f'.repeat(64) })), refused);
    assert.deepEqual(await load(JSON.stringify(own).slice(0, -2)), refused);
    assert.deepEqual(await load(JSON.stringify({ ...own, strata: {} })), refused);
    assert.deepEqual(
      await loadModels({ ...installation, calibration: join(folder, 'none'), trusted: 'anybody' }),
      refused,
    );
    // As it was written before there were strata.
    const { people, points, comparisons } = own.strata.any;
    const counted = points.map((point) => ({ ...point, comparisons }));
    const { strata: _, ...rest } = own;
    assert.deepEqual(await load(JSON.stringify({ ...rest, version: 1, people, points: counted })), refused);
    assert.ok(readFileSync(file, 'utf8').length > 0);
  });
});
