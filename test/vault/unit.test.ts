import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { whenEmpty } from '../../appliance/vault/unit.js';

// A control group with the file that cgroup-v2.rst (the kernel's documentation) describes. The real one is watched in
// the booted guest of hardware-tests/, where systemd runs the vaults.
describe('the erasure of a vault that systemd started', () => {
  let group: string;
  const populated = (value: string) =>
    writeFileSync(join(group, 'cgroup.events'), `populated ${value}\nfrozen 0\n`);

  beforeEach(() => (group = mkdtempSync(join(tmpdir(), 'terashi-cgroup-'))));
  afterEach(() => rmSync(group, { recursive: true, force: true }));

  it('is proven by a group without a process', async () => {
    populated('0');
    assert.deepEqual(await whenEmpty(group, 50), { ok: true, value: undefined });
  });

  it('is proven by a group that is gone', async () => {
    assert.deepEqual(await whenEmpty(join(group, 'gone'), 50), { ok: true, value: undefined });
  });

  it('waits for the last process', async () => {
    populated('1');
    const empty = whenEmpty(group, 5000);
    setTimeout(() => populated('0'), 30);
    assert.deepEqual(await empty, { ok: true, value: undefined });
  });

  it('is not proven while a process is left, nor by what cannot be read', async () => {
    populated('1');
    assert.deepEqual(await whenEmpty(group, 50), { ok: false, error: 'erasure-unproven' });
    writeFileSync(join(group, 'cgroup.events'), 'nonsense\n');
    assert.deepEqual(await whenEmpty(group, 50), { ok: false, error: 'erasure-unproven' });
  });
});
