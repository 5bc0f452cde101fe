import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { hasDiskSpace } from '../../appliance/record/disk-space.js';
import { scratchFolder } from './scratch.js';

const programs = join(import.meta.dirname, 'programs');

describe('a full disk', () => {
  const folder = scratchFolder();

  it('refuses an entry and keeps the file whole, whichever byte of the line finds it full', () => {
    const limited = spawnSync(
      process.execPath,
      [join(programs, 'limited.js'), join(folder(), 'records.jsonl')],
      {
        encoding: 'utf8',
      },
    );
    assert.equal(limited.status, 0, limited.stderr);
    assert.match(limited.stdout, /^\d{3,} refusals$/m);
  });

  it('is recovered from even if the failed write could not be undone at once', function () {
    const file = join(folder(), 'records.jsonl');
    writeFileSync(file, '');
    const mayMark = spawnSync('sh', ['-c', 'chattr +a "$1" && chattr -a "$1"', 'sh', file]).status === 0;
    if (!mayMark) this.skip();
    const uncuttable = spawnSync(process.execPath, [join(programs, 'uncuttable.js'), file], {
      encoding: 'utf8',
    });
    assert.equal(uncuttable.status, 0, uncuttable.stderr);
  });

  it('is reported before a visit begins, and the records continue once there is room', function () {
    // Mounting a file system needs no root if the kernel allows user namespaces.
    const onSmallDisk = (command: string[]) =>
      spawnSync(
        'unshare',
        [
          '--user',
          '--map-root-user',
          '--mount',
          'sh',
          '-c',
          'mount -t tmpfs -o size=2m tmpfs "$1" && shift && exec "$@"',
          'sh',
          folder(),
          ...command,
        ],
        { encoding: 'utf8' },
      );
    if (onSmallDisk(['true']).status !== 0) this.skip();
    const full = onSmallDisk([process.execPath, join(programs, 'full-disk.js'), folder()]);
    assert.equal(full.status, 0, full.stderr);
    assert.match(full.stdout, /^\d+ entries$/m);
  });

  it('is not assumed if there is no folder', async () => {
    const nowhere = await hasDiskSpace(join(folder(), 'missing', 'records.jsonl'));
    assert.deepEqual(nowhere, { ok: false, error: 'record-failed' });
  });
});
