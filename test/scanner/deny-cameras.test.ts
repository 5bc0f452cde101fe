import assert from 'node:assert/strict';

import { afterDenial, hasLandlock } from './landlock.js';

describe('a thread that denies itself cameras', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasLandlock()) this.skip();
  });

  it('opens no device but those of scanners, and files as before', () => {
    const paths = ['/dev/ptmx', '/dev/null', '/dev/urandom', '/etc/passwd', '/proc/self/maps'];
    const printed = afterDenial(
      `process.stdout.write(JSON.stringify([before, ...${JSON.stringify(paths)}.map(open)]))`,
    );
    assert.deepEqual(JSON.parse(printed), ['opened', 'EACCES', 'opened', 'opened', 'opened', 'opened']);
  });

  it('hands that on to what it starts', () => {
    const start = "execFileSync('sh', ['-c', ': < /dev/ptmx'], { stdio: 'ignore' })";
    const printed = afterDenial(
      `try { ${start}; } catch ({ status }) { process.stdout.write(String(status)); }`,
    );
    // dash's exit status for a redirection that fails.
    assert.equal(printed, '2');
  });
});
