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

  it('are made known to the kernel', async () => {
    layRule();
    await ensureRunnable(other, places);
    assert.equal(readFileSync(register, 'utf8'), rule);
  });

  it('are not told of again where they are known', async () => {
    layRule();
    writeFileSync(join(places.kernel, `qemu-${machine}`), 'enabled\ninterpreter …\n');
    await ensureRunnable(other, places);
    assert.equal(readFileSync(register, 'utf8'), '');
  });

  it('need a package, which is named where it is missing', async () => {
    await assert.rejects(ensureRunnable(other, places), /sudo apt install qemu-user-static arch-test/);
  });

  it('cannot run where the kernel is not to be told, which is said with a remedy', async () => {
    layRule();
    rmSync(register);
    mkdirSync(register);
    await assert.rejects(ensureRunnable(other, places), /EISDIR.*特権.*EISDIR.*privileged/);
  });

  it('need nothing where they are this computer’s own', () => ensureRunnable(own, places));
});
