import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '../../../hardware-tests/counter/run.js';

describe("a box's own key", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-first-start-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = 'image/os/root/usr/lib/terashi/first-start.mjs';
  const start = () => run(process.execPath, [program], { STATE_DIRECTORY: folder });
  const key = () => createPrivateKey(readFileSync(join(folder, 'device.key')));

  it('is an Ed25519 key that only its owner can read, and nobody can write', async () => {
    assert.equal((await start()).code, 0);
    assert.equal(key().asymmetricKeyType, 'ed25519');
    assert.equal(statSync(join(folder, 'device.key')).mode & 0o777, 0o400);
    assert.deepEqual(readdirSync(folder), ['device.key']);
  });

  it('is whole even if the power failed during a start', async () => {
    writeFileSync(join(folder, 'device.key.new'), '-----BEGIN', { mode: 0o400 });
    assert.equal((await start()).code, 0);
    assert.equal(key().asymmetricKeyType, 'ed25519');
    assert.deepEqual(readdirSync(folder), ['device.key']);
  });
});
