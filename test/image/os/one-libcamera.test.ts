import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { boards } from '../../../image/os/board.js';
import { checkOneLibcamera, libcamerasIn } from '../../../image/os/one-libcamera.js';

describe('libcamera in a root', () => {
  const root = mkdtempSync(join(tmpdir(), 'terashi-libcamera-'));
  const libraries = join(root, 'usr', 'lib', 'aarch64-linux-gnu');
  after(() => rmSync(root, { recursive: true }));
  const lay = (version: string) => {
    const [major, minor] = version.split('.');
    // As Debian's package lays them: the library, and its SONAME.
    for (const name of [`${major}.${minor}`, version])
      for (const library of ['libcamera', 'libcamera-base'])
        writeFileSync(join(libraries, `${library}.so.${name}`), '');
  };
  before(() => {
    mkdirSync(libraries, { recursive: true });
    mkdirSync(join(root, 'usr', 'lib', 'systemd'));
  });

  it('may be one, and none', async () => {
    await checkOneLibcamera(root);
    lay('0.7.0');
    assert.deepEqual(await libcamerasIn(root), ['0.7']);
    await checkOneLibcamera(root);
  });

  it('may not be two, which is told with their versions', async () => {
    lay('0.4.0');
    await assert.rejects(checkOneLibcamera(root), /0\.4、0\.7.*そろえて.*0\.4, 0\.7/);
  });

  it('is Debian’s only where Raspberry Pi’s is not', () => {
    const withDebians = boards.filter(({ packages }) => packages.includes('gstreamer1.0-libcamera'));
    assert.deepEqual(
      withDebians.map(({ name }) => name),
      boards.filter(({ start }) => start.kind === 'uefi').map(({ name }) => name),
    );
  });
});
