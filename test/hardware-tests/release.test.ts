import assert from 'node:assert/strict';

import { releaseOf } from '../../hardware-tests/guest/gpio-sim/release.js';

describe('a kernel says which it is', () => {
  it('in its header, where it is for x86', () => {
    // The Linux/x86 Boot Protocol: the header's mark, and where the name lies behind the first sector.
    const kernel = Buffer.alloc(0x1000);
    kernel.write('HdrS', 0x202);
    kernel.writeUInt16LE(0x400, 0x20e);
    kernel.write('6.12.117+deb13-amd64 (debian-kernel@lists.debian.org) #1 SMP\0', 0x600);
    assert.equal(releaseOf(kernel), '6.12.117+deb13-amd64');
  });

  it('in its banner, where it is for arm64 and not compressed', () => {
    const kernel = Buffer.alloc(0x1000);
    kernel.write('ARM\x64', 0x38);
    kernel.write(
      'Linux version %s\0Linux version 6.12.117+deb13-arm64 (debian-kernel@lists.debian.org)\0',
      0x800,
    );
    assert.equal(releaseOf(kernel), '6.12.117+deb13-arm64');
  });

  it('or it is not known', () => {
    assert.throws(() => releaseOf(Buffer.alloc(0x1000)), /does not say which it is/);
  });
});
