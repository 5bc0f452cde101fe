import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const hardening = new URL('../appliance/harden-process.js', import.meta.url);

/** linux/prctl.h */
const PR_GET_DUMPABLE = 3;

/** What the kernel answers in a process of its own, after `before` was run there. */
function dumpable(before: string): number {
  const program = `
    import koffi from 'koffi';
    import { hardenProcess } from ${JSON.stringify(hardening.href)};
    ${before};
    const prctl = koffi.load('libc.so.6').func('int prctl(int, unsigned long)');
    process.stdout.write(String(prctl(${PR_GET_DUMPABLE}, 0)));`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { timeout: 30_000 }),
  );
}

describe('a hardened process', function () {
  this.timeout(60_000);

  it('cannot be attached to by a program of the same user (prctl(2), PR_SET_DUMPABLE)', () => {
    assert.equal(dumpable(''), 1, 'as programs start');
    assert.equal(dumpable('hardenProcess()'), 0);
  });
});
