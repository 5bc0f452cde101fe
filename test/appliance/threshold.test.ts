import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CalibrationFile } from '../../appliance/calibration/calibration.js';
import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { textOf } from '../../appliance/signature/municipal-key.js';
import { signatureOf } from '../../appliance/signature/signature.js';
import { terashi } from '../../hardware-tests/counter/counter.js';

const calibration: Omit<CalibrationFile, 'model'> = {
  version: 2,
  date: '2026-11-22',
  data: 'made up for a test: 3,000 comparisons of strangers',
  pictures: 6000,
  strata: {
    any: {
      people: 6000,
      groups: {},
      comparisons: 3000,
      independent: 3000,
      points: [
        { similarity: 0, falseMatches: 3000, upper95: 1 },
        { similarity: 0.52, falseMatches: 0, upper95: 0.000998 },
      ],
    },
  },
};

describe('a visit with a threshold of the municipality’s own', () => {
  let model: string;
  before(async () => {
    const models = await loadModels(installation);
    assert.ok(models.ok);
    model = models.value.recogniser.about.sha256;
  });

  const town = generateKeyPairSync('ed25519').privateKey;
  const keys = `[keys]\nsigning = "${textOf(town)}"\n`;

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'terashi-threshold-'));
    write({ ...calibration, model });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A calibration beside the settings, signed unless nobody signs. */
  function write(made: CalibrationFile, key: typeof town | 'nobody' = town) {
    const content = Buffer.from(JSON.stringify(made));
    writeFileSync(join(folder, 'own.json'), content);
    rmSync(join(folder, 'own.json.sig'), { force: true });
    if (key !== 'nobody')
      writeFileSync(join(folder, 'own.json.sig'), signatureOf(content, 'calibration', key));
  }

  async function visit(settings: string) {
    const file = join(folder, 'terashi.toml');
    writeFileSync(file, settings);
    const args = ['run', '--once', '--json', '--settings', file, '--state', join(folder, 'state')];
    return terashi(args);
  }

  it('is held against the score that its own calibration gives for the rate it asks for', async () => {
    const { code, stdout } = await visit(
      `${keys}[visit]\nfmr = 0.001\n\n[model]\ncalibration = "own.json"\n`,
    );
    assert.equal(code, 0);
    const { record } = JSON.parse(stdout) as { record: Record<string, unknown> };
    assert.equal(record.threshold, 0.52);
    assert.equal(record.falseMatchRate, 0.000998);
  });

  it('does not begin where the calibration cannot support the rate, and says why', async () => {
    const { code, stdout, stderr } = await visit('[visit]\nfmr = 0.0001\n');
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /もっと多くの人で測り直す/);
    assert.match(stderr, /calibrate\) with more people/);
  });

  it('does not begin with a calibration that was made with another model', async () => {
    write({ ...calibration, model: '0'.repeat(64) });
    const { code, stderr } = await visit(`${keys}[model]\ncalibration = "own.json"\n`);
    assert.equal(code, 1);
    assert.match(stderr, /較正/);
  });

  /** What somebody would put on the card who wants strangers to pass: a rate of one in a million at any score. */
  const forged = {
    ...calibration.strata.any,
    points: [{ similarity: 0, falseMatches: 0, upper95: 1e-6 }],
  };
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const low = '[visit]\nthreshold = 0.01\n[model]\ncalibration = "own.json"\n';
  for (const [what, settings, key, why] of [
    ['nobody has signed', keys + low, 'nobody', /not signed/],
    ['a stranger has signed', keys + low, stranger, /signed by somebody unknown/],
    ['only a key has signed that the settings do not name', low, town, /signed by somebody unknown/],
  ] as const)
    it(`does not begin with a calibration that ${what}, nor with the built-in one instead`, async () => {
      write({ ...calibration, model, strata: { any: forged } }, key);
      const { code, stdout, stderr } = await visit(settings);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, why);
      assert.match(stderr, /署名/);
    });

  it('does not begin with a calibration that was changed after it was signed', async () => {
    write({ ...calibration, model });
    writeFileSync(
      join(folder, 'own.json'),
      JSON.stringify({ ...calibration, model, strata: { any: forged } }),
    );
    const { code, stdout, stderr } = await visit(keys + low);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /does not fit it/);
  });
});
