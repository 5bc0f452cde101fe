import assert from 'node:assert/strict';

import { releaseOf } from '../../hardware-tests/guest/gpio-sim/release.js';

describe('the release of a kernel', () => {
  it('is read from its header if it is for x86', () => {
    // The Linux/x86 Boot Protocol: the header's magic, and the offset of the name after the first sector.
    const kernel = Buffer.alloc(0x1000);
    kernel.write('HdrS', 0x202);
    kernel.writeUInt16LE(0x400, 0x20e);
    kernel.write('6.12.117+deb13-amd64 (debian-kernel@lists.debian.org) #1 SMP\0', 0x600);
    assert.equal(releaseOf(kernel), '6.12.117+deb13-amd64');
  });

  it('is read from its banner if it is for arm64 and not compressed', () => {
    const kernel = Buffer.alloc(0x1000);
    kernel.write('ARM\x64', 0x38);
    kernel.write(
      'Linux version %s\0Linux version 6.12.117+deb13-arm64 (debian-kernel@lists.debian.org)\0',
      0x800,
    );
    assert.equal(releaseOf(kernel), '6.12.117+deb13-arm64');
  });

  it('is unknown otherwise', () => {
    assert.throws(() => releaseOf(Buffer.alloc(0x1000)), /does not say which it is/);
  });
});
