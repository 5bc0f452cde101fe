import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../../appliance/installation.js';
import { run } from '../../../../hardware-tests/counter/run.js';

describe('npm run image -- --fleet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-fleet-command-'));
  const image = join(folder, `fleet-test-${process.pid}.img.xz`);
  const made = join(installation.root, 'build', 'image', `fleet-test-${process.pid}-fleet`);
  after(() => {
    for (const each of [folder, made]) rmSync(each, { recursive: true, force: true });
  });
  const command = (...args: string[]) =>
    run(process.execPath, [join(installation.root, 'build', 'image', 'os', 'main.js'), ...args]);
  const file = join(folder, 'fleet.toml');
  const boxes = (text: string) => writeFileSync(join(folder, 'boxes.csv'), text);

  before(() => {
    writeFileSync(file, 'boxes = "boxes.csv"\n');
    writeFileSync(image, 'abc');
  });

  it('makes the folders of an image that exists, without rights and without a board', async () => {
    boxes('place.municipality,place.counter\n甲州市,1番窓口\n');
    const { code, stdout, stderr } = await command('--fleet', file, '--image', image);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, `${made}\n`);
    // FIPS 180-2, B.1: SHA-256 of "abc".
    const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    assert.match(readFileSync(join(made, 'labels.txt'), 'utf8'), new RegExp(`^SHA-256: ${hash}$`, 'm'));
    assert(existsSync(join(made, 'boxes', '甲州市 1番窓口', 'terashi.toml')));
  });

  it('makes nothing of a list with a problem, before any image is built', async () => {
    boxes('place.municipality,place.counter\n甲州市,\n');
    rmSync(made, { recursive: true, force: true });
    for (const more of [
      ['--image', image],
      ['--board', 'qemu-amd64'],
    ]) {
      const { code, stdout, stderr } = await command('--fleet', file, ...more);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /^直すところが1件あります。何も作っていません。\n {2}1 problem\. Nothing was made\.\n- boxes\.csv 2行目: /,
      );
    }
    assert(!existsSync(made));
  });

  it('never goes with an image for trying a board', async () => {
    boxes('place.municipality,place.counter\n甲州市,1番窓口\n');
    for (const args of [
      ['--fleet', file, '--board', 'qemu-amd64', '--debug'],
      ['--fleet', file, '--image', join(folder, 'terashi-0.1.0-rpi5-debug.img.xz')],
      ['--fleet', file, '--image', image, '--debug'],
      ['--image', image],
      ['--fleet', file],
    ]) {
      const { code, stdout, stderr } = await command(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /^npm run image -- /);
    }
  });

  it('says which image is missing', async () => {
    boxes('place.municipality,place.counter\n甲州市,1番窓口\n');
    const { code, stderr } = await command('--fleet', file, '--image', join(folder, 'gone.img.xz'));
    assert.equal(code, 1);
    assert.match(stderr, /gone\.img\.xz: イメージがありません.*there is no such image/);
  });
});
