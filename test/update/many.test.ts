import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';

import fc from 'fast-check';

import { err } from '../../appliance/result.js';
import { type Candidate, withBundle } from '../../appliance/update/bundle.js';
import { mountAlone, StickBench } from '../stick/bench.js';

const never = new AbortController().signal;

/** Replacements of mount and rauc: a bundle is a file that holds its version. */
describe('updates on one stick, however many', () => {
  let bench: StickBench;
  mountAlone();
  beforeEach(() => {
    bench = new StickBench();
    mkdirSync(bench.path('stick'));
    bench.show(bench.stick({ path: '/dev/sda1', fstype: 'vfat' }));
    const slots = [{ a: { state: 'booted', bootname: 'A' } }, { b: { state: 'inactive', bootname: 'B' } }];
    const status = JSON.stringify({ compatible: 'box', booted: 'A', slots });
    bench.program(
      'mount',
      `for last; do :; done; echo x >> '${bench.path('mounts')}'; cp -r '${bench.path('stick')}/.' "$last"`,
    );
    bench.program(
      'umount',
      'for last; do :; done; case "$last" in /run/terashi-sticks/?*) rm -rf "$last"/*;; esac',
    );
    bench.program(
      'rauc',
      `if [ "$1" = status ]; then echo '${status}'; else
       for file; do :; done; echo "{\\"compatible\\":\\"box\\",\\"version\\":\\"$(cat "$file")\\"}"; fi`,
    );
  });
  afterEach(() => bench.close());

  const put = (name: string, version: string) => writeFileSync(bench.path('stick', name), version);
  const look = (longestMs?: number) => {
    let found: Candidate | undefined;
    const use = (candidate: Candidate | undefined) => Promise.resolve(void (found = candidate));
    return withBundle('0.1.0', never, use, longestMs).then(() => found);
  };

  it('are all examined, whatever their names, with one mount', async () => {
    const versions = fc.sample(fc.integer({ min: 1, max: 300 }), { numRuns: 30, seed: 7 });
    for (const [index, minor] of versions.entries())
      put(`${'zyxwvut'[index % 7]}-${index}.raucb`, `0.1.${minor}`);
    put('~last.RAUCB', '0.2.0');
    const found = await look();
    assert.ok(found?.ok);
    assert.equal(found.value.version, '0.2.0');
    assert.equal(bench.read('mounts'), 'x\n');
  });

  it('are refused if not all could be examined in time', async () => {
    put('a.raucb', '0.2.0');
    assert.deepEqual(await look(-1), err('too-many-updates'));
  });
});
