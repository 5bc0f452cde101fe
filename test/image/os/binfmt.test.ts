import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureRunnable } from '../../../image/os/binfmt.js';

describe('programs of another architecture', () => {
  const [own, other, machine] =
    process.arch === 'x64'
      ? (['amd64', 'arm64', 'aarch64'] as const)
      : (['arm64', 'amd64', 'x86_64'] as const);
  let places: { kernel: string; rules: string };
  let register: string;

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
    places = { kernel: join(folder, 'kernel'), rules: join(folder, 'rules') };
    for (const place of Object.values(places)) mkdirSync(place);
    register = join(places.kernel, 'register');
    writeFileSync(register, '');
  });
  afterEach(() => rmSync(join(places.kernel, '..'), { recursive: true }));

  const rule = `:qemu-${machine}:M::…:/usr/bin/qemu-${machine}:OPF\n`;
  const layRule = () => writeFileSync(join(places.rules, `qemu-${machine}.conf`), rule);

  it('are registered with the kernel', async () => {
    layRule();
    await ensureRunnable(other, places);
    assert.equal(readFileSync(register, 'utf8'), rule);
  });

  it('are not registered again', async () => {
    layRule();
    writeFileSync(join(places.kernel, `qemu-${machine}`), 'enabled\ninterpreter …\n');
    await ensureRunnable(other, places);
    assert.equal(readFileSync(register, 'utf8'), '');
  });

  it('are registered if their registration is not enabled', async () => {
    layRule();
    writeFileSync(join(places.kernel, `qemu-${machine}`), 'disabled\ninterpreter …\n');
    await ensureRunnable(other, places);
    assert.equal(readFileSync(register, 'utf8'), rule);
  });

  it('need a package, which is named if it is missing', async () => {
    await assert.rejects(ensureRunnable(other, places), /sudo apt install qemu-user-static arch-test/);
  });

  it('cannot run if they cannot be registered, which is reported with a remedy', async () => {
    layRule();
    rmSync(register);
    mkdirSync(register);
    await assert.rejects(ensureRunnable(other, places), /EISDIR.*特権.*EISDIR.*privileged/);
  });

  it('need nothing if they are for this computer’s architecture', () => ensureRunnable(own, places));
});
