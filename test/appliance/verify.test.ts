import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';

import { highestRate } from '../../appliance/calibration/threshold.js';
import { installation } from '../../appliance/installation.js';
import { recogniserName } from '../../appliance/protocol/vault.js';
import { terashi } from '../../hardware-tests/counter/counter.js';

const card = join(installation.practice, 'card.png');
const person = join(installation.practice, 'camera', '30.jpg');
const stranger = join(installation.practice, 'other-camera', '30.jpg');

async function verify(document: string, probe: string, more: readonly string[] = []) {
  const files = ['--document', document, '--probe', probe];
  const { code, stdout } = await terashi(['verify', ...files, '--json', ...more]);
  return { code, result: JSON.parse(stdout) as Record<string, unknown> };
}

describe('terashi verify', () => {
  it('says that two pictures of one person are above the threshold', async () => {
    const { code, result } = await verify(card, person);
    assert.equal(code, 0);
    assert.equal(result.outcome, 'above');
    assert((result.similarity as number) >= (result.threshold as number));
    assert((result.falseMatchRate as number) <= highestRate);
    assert.deepEqual([result.among, result.fewOfGroup], ['alike', true]);
  });

  it('says that pictures of two persons are below it', async () => {
    const { code, result } = await verify(card, stranger);
    assert.equal(code, 0);
    assert.equal(result.outcome, 'below');
    assert((result.similarity as number) < (result.threshold as number));
  });

  it('compares with the recogniser that is named, and says which', async () => {
    for (const recogniser of recogniserName.options) {
      const args = ['--recogniser', recogniser];
      const [same, other] = [await verify(card, person, args), await verify(card, stranger, args)];
      assert.deepEqual([same.result.outcome, other.result.outcome], ['above', 'below'], recogniser);
      assert.equal((same.result.model as { id: string }).id, recogniser);
    }
  });

  it('compares nothing where there is no face, and says what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-verify-'));
    const wall = join(folder, 'wall.png');
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8378' } }).toFile(wall);
    const { code, result } = await verify(card, wall);
    rmSync(folder, { recursive: true });
    assert.equal(code, 3);
    const { outcome, similarity, findings } = result as {
      outcome: string;
      similarity: null;
      findings: Finding[];
    };
    assert.deepEqual({ outcome, similarity }, { outcome: 'not-comparable', similarity: null });
    assert.deepEqual([findings[0]?.side, findings[0]?.code], ['probe', 'no-face']);
    assert(findings[0].remedy.ja.length > 0 && findings[0].remedy.en.length > 0);
  });

  it('says of each file that holds no picture what it is, before anything is compared', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-verify-'));
    const empty = join(folder, 'empty.jpg');
    writeFileSync(empty, '');
    for (const [file, expected] of [
      [join(folder, 'nowhere.jpg'), 'file-missing'],
      [join(empty, 'below.jpg'), 'file-missing'],
      [folder, 'file-is-folder'],
      [empty, 'file-empty'],
      ['/dev/null', 'file-irregular'],
      [installation.packageFile, 'picture-type-unsupported'],
    ]) {
      const { code, result } = await verify(card, file);
      assert.equal(code, 2);
      const [{ side, code: finding, remedy }] = result.findings as [Finding];
      assert.deepEqual([side, finding], ['probe', expected]);
      assert.ok(remedy.ja && remedy.en);
    }
    const both = await verify(folder, empty);
    assert.deepEqual(
      (both.result.findings as Finding[]).map(({ side, code }) => [side, code]),
      [
        ['document', 'file-is-folder'],
        ['probe', 'file-empty'],
      ],
    );
    rmSync(folder, { recursive: true });
  });

  it('says how it is used', async () => {
    assert.equal((await terashi(['verify', '--help'])).code, 0);
    for (const args of [
      [],
      ['--document', card],
      ['--document', card, '--probe', person, '--threshold', '0'],
      ['--document', card, '--probe', person, '--recogniser', 'nobody'],
    ]) {
      const { code, stderr } = await terashi(['verify', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, /--probe/);
    }
  });
});

type Finding = { side: string; code: string; remedy: { ja: string; en: string } };
