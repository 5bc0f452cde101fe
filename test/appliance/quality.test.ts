import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';
import { qualityComponent } from '../../appliance/protocol/vault.js';
import { terashi } from '../../hardware-tests/counter/counter.js';

const card = join(installation.practice, 'card.png');
const person = join(installation.practice, 'camera', '30.jpg');

type Printed = {
  outcome: string;
  measures: { component: string; native: number; value: number }[];
  findings: { side: string; code: string; remedy: { ja: string; en: string } }[];
};

async function quality(...args: string[]): Promise<{ code: number | null; result: Printed }> {
  const { code, stdout } = await terashi(['quality', ...args, '--json']);
  return { code, result: JSON.parse(stdout) as Printed };
}

describe('terashi quality', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-quality-'));
  after(() => rmSync(folder, { recursive: true }));

  it('prints every component of a good picture, of either side, in the order of the standard', async () => {
    for (const args of [[person], [card, '--side', 'document']]) {
      const { code, result } = await quality(...args);
      assert.equal(code, 0);
      assert.equal(result.outcome, 'usable');
      assert.deepEqual(
        result.measures.map(({ component }) => component),
        qualityComponent.options,
      );
      assert(result.measures.every(({ value }) => value >= 0 && value <= 100));
    }
  });

  it('prints a line for each, in Japanese and in English, with a bar', async () => {
    const { code, stdout } = await terashi(['quality', person]);
    assert.equal(code, 0);
    assert.match(stdout, /鮮明さ +Sharpness +0\.\d\d +\d+ █+░*\n/);
    assert.equal(stdout.match(/[█░]{10}/g)?.length, qualityComponent.options.length);
  });

  it('says what stands against a picture that is too dark, and how to mend it', async () => {
    const dark = join(folder, 'dark.png');
    await sharp(person).linear(0.15, 0).toFile(dark);
    const { code, result } = await quality(dark);
    assert.equal(code, 3);
    assert.equal(result.outcome, 'not-comparable');
    assert.deepEqual([result.findings[0].side, result.findings[0].code], ['probe', 'too-dark']);
    assert(result.findings[0].remedy.ja.length > 0 && result.findings[0].remedy.en.length > 0);
    assert.equal(result.measures.length, qualityComponent.options.length);
  });

  it('measures nothing where there is no face', async () => {
    const wall = join(folder, 'wall.png');
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8378' } }).toFile(wall);
    for (const [side, finding] of [
      ['probe', 'no-face'],
      ['document', 'no-portrait'],
    ]) {
      const { code, result } = await quality(wall, '--side', side);
      assert.equal(code, 3);
      assert.deepEqual(result.measures, []);
      assert.equal(result.findings[0].code, finding);
    }
  });

  it('says of a file that is no picture it can read which it is', async () => {
    const files = {
      // ISO/IEC 23008-12: a HEIC file begins so.
      'photo.heic': '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
      'photo.jpg': 'BM\x36\0\x10\0\0\0\0\0\x36\0\0\0',
      'photo.pdf': '%PDF-1.7\n',
    };
    for (const [name, head] of Object.entries(files)) {
      writeFileSync(join(folder, name), Buffer.from(head, 'latin1'));
      const { code, result } = await quality(join(folder, name));
      assert.equal(code, 2);
      assert.equal(result.findings[0].code, 'picture-type-unsupported', name);
    }
    const photograph = readFileSync(person);
    writeFileSync(join(folder, 'half.jpg'), photograph.subarray(0, photograph.length / 2));
    const { code, result } = await quality(join(folder, 'half.jpg'));
    assert.equal(code, 2);
    assert.equal(result.findings[0].code, 'unreadable-image');
  });

  it('names a file that is not there, with a remedy in both languages', async () => {
    const missing = join(folder, 'nowhere.jpg');
    const { code, stdout, stderr } = await terashi(['quality', missing]);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.ok(stderr.includes(missing));
    assert.match(stderr, /file-missing\n.+ください。\n.+Check/);
    assert.equal((await quality(missing, '--side', 'document')).result.findings[0].side, 'document');
  });

  it('says how it is used', async () => {
    assert.equal((await terashi(['quality', '--help'])).code, 0);
    for (const args of [[], [person, card], [person, '--side', 'back']]) {
      const { code, stderr } = await terashi(['quality', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, /--side/);
    }
  });
});
