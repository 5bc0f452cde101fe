import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { newEntry } from '../../appliance/record/entry.js';
import { program } from '../../hardware-tests/counter/counter.js';

/** The system calls by which a process makes or opens a file, or reaches another machine (syscalls(2)). */
const calls =
  'open,openat,creat,memfd_create,mknod,mknodat,mkdir,rename,renameat2,link,linkat,symlink,socket';

describe('the data that is kept of a visitor', () => {
  const state = mkdtempSync(join(tmpdir(), 'terashi-privacy-'));
  const log = join(state, 'calls');
  let done: string[] = [];
  let record = '';

  before(function () {
    // A traced visit takes a minute beside other tests.
    this.timeout(300_000);
    const run = spawnSync(
      'strace',
      [
        '-f',
        // The kernel itself skips all other calls: stopped at each, a vault on a busy machine is too slow.
        '--seccomp-bpf',
        '-qq',
        // A call that is interrupted takes two lines, of which only the second says whether it failed.
        '--successful-only',
        '-e',
        `trace=${calls}`,
        '-o',
        log,
        process.execPath,
        program,
        'run',
        '--once',
        '--state',
        join(state, 'box'),
      ],
      { encoding: 'utf8' },
    );
    assert.equal(run.status, 0, run.stderr);
    record = readFileSync(join(state, 'box', 'records.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .at(-1)!;
    done = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  });
  after(() => rmSync(state, { recursive: true }));

  // A visit opens no file for writing but the records and the count of boots.
  it('No pixel, template or landmark is ever on its disk', () => {
    const written = done
      .filter((line) =>
        /\b(creat|mknod(at)?|rename(at2)?|link(at)?|symlink)\(|O_WRONLY|O_RDWR|O_CREAT/.test(line),
      )
      .map((line) => /"([^"]*)"/.exec(line)?.[1]);
    const companions = ['records.boot', 'records.head', 'device.key', 'device.pub', 'in-force.json'];
    const kept = ['records.jsonl', ...companions, ...companions.map((name) => `${name}.unfinished`)]
      .map((name) => join(state, 'box', name))
      .concat(['records.head', 'records.head.unfinished'].map((name) => join(state, 'box-head', name)));
    assert(written.includes(kept[0]));
    assert.deepEqual(
      written.filter((file) => file !== '/dev/null' && !kept.includes(file ?? '')),
      [],
    );
    assert.deepEqual(readdirSync(join(state, 'box')), [
      'device.key',
      'device.pub',
      'in-force.json',
      'records.boot',
      'records.head',
      'records.jsonl',
    ]);
    const count = JSON.parse(readFileSync(join(state, 'box', 'records.boot'), 'utf8')) as object;
    assert.deepEqual(Object.keys(count), ['bootId', 'boot']);
  });

  // A visit opens only local sockets.
  it('No pixel, template or landmark leaves it', () => {
    const sockets = done.filter((line) => line.includes('socket('));
    assert(sockets.length > 0);
    assert.deepEqual(
      // AF_NETLINK is how the kernel reports devices that come and go.
      sockets.filter((line) => !/AF_UNIX|AF_NETLINK/.test(line)),
      [],
    );
  });

  // Each value is a name from a list, a hash of a file, or one number.
  it('No record, log or message holds a pixel, template or landmark', () => {
    const { findings, ...values } = newEntry.parse(JSON.parse(record));
    assert(Object.values(values).every((value) => ['string', 'number', 'boolean'].includes(typeof value)));
    assert(findings.every((finding) => Object.keys(finding).length === 3));
    assert(record.length < 1500);
  });
});
