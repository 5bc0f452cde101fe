import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type FindingCode, findingCodes } from '../../appliance/findings.js';
import { goodKinds, spoiledKinds } from '../../models/gate/kinds.js';
import { report, type Verdict, verdicts } from '../../models/gate/measure.js';
import { people } from '../../models/gate/people.js';
import { folderPictures, loadPicture } from '../../models/gate/pictures.js';
import { asSharp } from '../../models/gate/canvas.js';
import { faceModels } from '../face/samples.js';

/** Findings that do not depend on how a face looks, or that only warn. */
const notSpoiled: readonly FindingCode[] = [
  ...(['unreadable-image', 'picture-type-unsupported', 'image-too-large'] as const),
  ...(['scan-empty', 'scan-short', 'no-portrait', 'card-face-down', 'two-documents'] as const),
  ...(['portrait-small', 'portrait-blurred', 'face-too-large'] as const),
  ...(['liveness-failed', 'liveness-not-checked', 'picture-suspected'] as const),
];

describe('the measurement of the gate', () => {
  it('has a spoiled picture for every finding, except those of a list', () => {
    const spoiled = new Set(Object.values(spoiledKinds).flatMap(({ findings }) => findings));
    assert.deepEqual(
      findingCodes.filter((code) => !spoiled.has(code)),
      notSpoiled,
    );
  });

  it('shares no picture between setting and measuring', () => {
    const names = (split: keyof typeof people) => people[split].map((source) => JSON.stringify(source));
    const all = [...names('setting'), ...names('measuring')];
    assert.equal(new Set(all).size, all.length);
  });

  it('tries every kind of picture; those of one clear person all pass or stop as they should', async () => {
    const models = await faceModels();
    const seen: Verdict[] = [];
    for await (const trial of verdicts(models, [await loadPicture(models, { tile: 11 })])) seen.push(trial);
    assert.deepEqual(
      new Set(seen.map(({ kind }) => kind)),
      new Set([...Object.keys(goodKinds), ...Object.keys(spoiledKinds)]),
    );
    for (const { kind, good, blocking } of seen) assert.equal(blocking.length === 0, good, kind);
  });

  it('derives nothing from a picture without a face, and counts it as stopped', async () => {
    const wall = { data: new Uint8Array(300 * 300 * 3).fill(150), width: 300, height: 300 };
    const seen: Verdict[] = [];
    for await (const trial of verdicts(await faceModels(), [{ name: 'wall', picture: wall }]))
      seen.push(trial);
    assert.deepEqual(seen, [
      { kind: 'as it is', good: true, name: 'wall', blocking: ['no-face'], fitting: false },
    ]);
  });

  it('counts passed and stopped pictures by kind, with intervals', () => {
    const trial = (good: boolean, blocking: Verdict['blocking'], fitting = false): Verdict => ({
      kind: good ? 'as it is' : 'too dark',
      good,
      name: 'a',
      blocking,
      fitting,
    });
    const { good, spoiled } = report([
      ...Array.from({ length: 19 }, () => trial(true, [])),
      trial(true, ['blurred']),
      ...Array.from({ length: 20 }, () => trial(false, ['too-dark'], true)),
    ]);
    const { right, of, low, high, wrong } = good['as it is'];
    assert.deepEqual([right, of, wrong], [19, 20, [{ name: 'a', blocking: ['blurred'] }]]);
    // Clopper and Pearson for 19 of 20: 0.7513 to 0.9987.
    assert.ok(Math.abs(low - 0.7513) < 1e-4 && Math.abs(high - 0.9987) < 1e-4, `${low} ${high}`);
    assert.deepEqual([spoiled['too dark'].right, spoiled['too dark'].fitting, spoiled.all.of], [20, 20, 20]);
  });

  it('reads the pictures of a folder and of its subfolders, and no other file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-gate-'));
    try {
      mkdirSync(join(folder, 'somebody'));
      const { picture } = await loadPicture(await faceModels(), { tile: 3 });
      await asSharp(picture)
        .jpeg()
        .toFile(join(folder, 'somebody', '1.jpg'));
      writeFileSync(join(folder, 'notes.txt'), 'no picture');
      const found = await folderPictures(folder);
      assert.deepEqual(
        found?.map(({ name, picture: { width } }) => [name, width]),
        [[join('somebody', '1.jpg'), 312]],
      );
      assert.equal(await folderPictures(join(folder, 'nowhere')), undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
