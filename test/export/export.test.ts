import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import koffi from 'koffi';

import { Exporter } from '../../appliance/export/exporter.js';
import type { ExportFault } from '../../appliance/export/protocol.js';
import { installation } from '../../appliance/installation.js';
import { toLine } from '../../appliance/json-lines.js';
import { err, ok } from '../../appliance/result.js';
import { mountAlone, StickBench, stickPoints } from '../stick/bench.js';
import { until } from '../../hardware-tests/counter/until.js';

const never = new AbortController().signal;
const exporter = new Exporter(undefined);
const label = { span: { first: '2026-0001', last: '2026-0417' }, box: '0123abcd', as: 'jsonl' } as const;
const name = 'terashi-records-2026-0001-to-2026-0417-0123abcd';

/** Any bytes: the exporter does not examine them. */
const records = randomBytes(3_000_000);
const handedOut = (bytes = records) => ({
  label,
  bytes: bytes.length,
  beside: () => ({}),
  chunks: (longest: number) =>
    Readable.from(
      Array.from({ length: Math.ceil(bytes.length / longest) }, (_, index) =>
        bytes.subarray(index * longest, (index + 1) * longest),
      ),
    ) as AsyncIterable<Buffer>,
});

describe('the records that are copied to a stick', () => {
  let bench: StickBench;

  mountAlone();
  beforeEach(() => (bench = new StickBench()));
  afterEach(() => {
    const left = stickPoints();
    bench.close();
    assert.deepEqual(left, [], 'no stick stays mounted');
  });

  const copy = (tell: (fraction: number) => void = () => undefined, signal = never) =>
    exporter.copy(handedOut(), tell, signal);
  const lies = () => bench.onStick((folder) => readdirSync(folder).filter((each) => each !== 'lost+found'));
  /** Does this once, halfway through the copy. */
  const halfWay = (happens: () => void) => {
    let happened = false;
    return (fraction: number) => {
      if (fraction < 0.5 || happened) return;
      happened = true;
      happens();
    };
  };
  const mountPoint = () => stickPoints()[0];

  it('are there byte for byte, with their SHA-256 beside them', async () => {
    assert.equal(await exporter.look(), false);
    bench.plugIn();
    assert.equal(await exporter.look(), true);
    const told: number[] = [];
    assert.deepEqual(await copy((fraction) => told.push(fraction)), ok(`${name}.jsonl`));
    assert.deepEqual(lies(), [`${name}.jsonl`, `${name}.jsonl.sha256`]);
    bench.onStick((folder) => {
      assert(readFileSync(join(folder, `${name}.jsonl`)).equals(records));
      const checked = execFileSync('sha256sum', ['--check', `${name}.jsonl.sha256`], { cwd: folder });
      assert.equal(checked.toString(), `${name}.jsonl: OK\n`);
    });
    assert.equal(told[0], 0);
    assert(
      told.some((fraction) => fraction > 0.9 && fraction < 1),
      'also while it is read back',
    );
    assert.deepEqual(
      told,
      told.toSorted((one, other) => one - other),
    );
  });

  it('never replace an existing file', async () => {
    bench.plugIn();
    bench.onStick((folder) => writeFileSync(join(folder, `${name}.jsonl`), 'of last year'));
    assert.deepEqual(await copy(), ok(`${name}-2.jsonl`));
    assert.deepEqual(await copy(), ok(`${name}-3.jsonl`));
    bench.onStick((folder) => {
      assert.equal(readFileSync(join(folder, `${name}.jsonl`), 'utf8'), 'of last year');
      assert(readFileSync(join(folder, `${name}-2.jsonl`)).equals(records));
    });
  });

  it('get a name that is free: no copy, checksum or folder has it', async () => {
    bench.plugIn();
    bench.onStick((folder) => {
      writeFileSync(join(folder, `${name}.jsonl.sha256`), 'of a copy that somebody took away');
      mkdirSync(join(folder, `${name}-2.jsonl.part`));
      mkdirSync(join(folder, `${name}-3.jsonl.sha256.part`));
    });
    assert.deepEqual(await copy(), ok(`${name}-4.jsonl`));
    bench.onStick((folder) => {
      const sum = readFileSync(join(folder, `${name}.jsonl.sha256`), 'utf8');
      assert.equal(sum, 'of a copy that somebody took away');
    });
  });

  it('are not written through a link on the stick', async () => {
    bench.plugIn();
    const elsewhere = bench.path('elsewhere');
    writeFileSync(elsewhere, 'as it was');
    bench.onStick((folder) => {
      for (const end of ['.part', '.sha256.part'])
        symlinkSync(elsewhere, join(folder, `${name}.jsonl${end}`));
    });
    assert.deepEqual(await copy(), ok(`${name}.jsonl`));
    assert.equal(readFileSync(elsewhere, 'utf8'), 'as it was');
  });

  it('are copied to the usable one of two sticks', async () => {
    bench.plugIn();
    bench.show(bench.stick({ path: '/dev/no-such-stick' }), bench.stick());
    assert.deepEqual(await copy(), ok(`${name}.jsonl`));
  });

  it('wait until no other program has the stick', async () => {
    bench.plugIn();
    bench.show(bench.stick({ mountpoints: ['/run/terashi-sticks/1'] }));
    setTimeout(() => bench.show(bench.stick()), 700);
    assert.deepEqual(await copy(), ok(`${name}.jsonl`));
    bench.show(bench.stick({ mountpoints: ['/run/terashi-sticks/1'] }));
    assert.deepEqual(await copy(), err('busy'));
  });

  it('give way if another program mounts the stick at the same moment', async () => {
    bench.plugIn();
    bench.show(bench.stick({ mountpoints: ['/run/terashi-sticks/1', '/run/terashi-sticks/2'] }));
    renameSync(bench.path('lsblk'), bench.path('both'));
    bench.show(bench.stick());
    bench.program('mount', `${bench.mounter} "$@" && cp '${bench.path('both')}' '${bench.path('lsblk')}'`);
    assert.deepEqual(await copy(), err('busy'));
    bench.program('mount', `exec ${bench.mounter} "$@"`);
    assert.deepEqual(lies(), []);
  });

  const refused = async (why: ExportFault) => assert.deepEqual(await copy(), err(why));

  it('need a stick that can be read and written', async () => {
    await refused('no-stick');
    bench.plugIn();
    bench.show(bench.stick({ ro: true }));
    await refused('stick-read-only');
    bench.show(bench.stick({ mountpoints: ['/media/somebody'] }));
    await refused('no-stick');
    writeFileSync(bench.path('stick.img'), randomBytes(1_000_000));
    bench.show(bench.stick());
    await refused('stick-unreadable');
  });

  it('need space, before and while they are written', async () => {
    writeFileSync(bench.path('film'), randomBytes(18_000_000));
    bench.plugIn(bench.path('film'));
    await refused('stick-full');
    assert.deepEqual(lies(), ['film']);
    bench.plugIn();
    const fill = () => {
      try {
        for (;;) appendFileSync(join(mountPoint(), 'more'), randomBytes(500_000));
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
      }
    };
    assert.deepEqual(await copy(halfWay(fill)), err('stick-full'));
    assert.deepEqual(lies(), ['more']);
  });

  it('are not copied if the stick is pulled out halfway', async () => {
    bench.plugIn();
    const pull = () => {
      shutDown(mountPoint());
      bench.show();
    };
    assert.deepEqual(await copy(halfWay(pull)), err('stick-lost'));
    bench.plugIn();
    const pullUnseen = () => {
      shutDown(mountPoint());
      setTimeout(() => bench.show(), 500);
    };
    assert.deepEqual(await copy(halfWay(pullUnseen)), err('stick-lost'), 'though lsblk tells it late');
    bench.plugIn();
    assert.deepEqual(await copy(halfWay(() => shutDown(mountPoint()))), err('write-failed'));
  });

  it('are not reported as copied if other bytes are read back', async () => {
    bench.plugIn();
    const each = (does: string) => `for file in /run/terashi-sticks/*/*.jsonl.part; do ${does}; done`;
    for (const does of ['printf x >> "$file"', 'test -f "$file" && rm "$file" && mkfifo "$file"']) {
      bench.program('mount', `${bench.mounter} "$@" && { ${each(does)}; } 2> /dev/null; true`);
      await refused('not-the-same');
    }
    bench.program('mount', `exec ${bench.mounter} "$@"`);
    assert.deepEqual(lies(), []);
  });

  it('leave nothing behind if the clerk stops the copy, or the caller is gone', async () => {
    bench.plugIn();
    const stop = new AbortController();
    assert.deepEqual(
      await copy(
        halfWay(() => stop.abort()),
        stop.signal,
      ),
      err('cancelled'),
    );
    assert.deepEqual(lies(), []);
    const program = join(installation.root, 'build', 'appliance', 'export', 'main.js');
    const said = [
      { do: 'begin', label, bytes: 100 },
      { do: 'piece', base64: records.subarray(0, 60).toString('base64') },
    ];
    const { stdout } = spawnSync(process.execPath, [program], { input: said.map(toLine).join('') });
    assert.equal(stdout.toString(), '{"is":"ready"}\n'.repeat(2));
    assert.deepEqual(lies(), []);
  });

  it('are unmounted by a program that is told to end', async () => {
    bench.plugIn();
    const program = join(installation.root, 'build', 'appliance', 'export', 'main.js');
    // The stick is mounted, and the answer to `begin` is not sent yet.
    bench.program('mount', `${bench.mounter} "$@"; touch '${bench.path('mounted')}'; sleep 0.3`);
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    child.stdin.write(toLine({ do: 'begin', label, bytes: 100 }));
    await until('the mount', () => existsSync(bench.path('mounted')));
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
    assert.deepEqual(stickPoints(), []);
    assert.deepEqual(lies(), []);
  });

  it('are all there or not at all', async () => {
    bench.plugIn();
    const whole = handedOut();
    const cut = { ...whole, chunks: (longest: number) => handedOut(records.subarray(1)).chunks(longest) };
    assert.deepEqual(await exporter.copy(cut, () => undefined, never), err('records-unreadable'));
    assert.deepEqual(lies(), []);
  });
});

/** Acts as if the stick were gone: from now on every read and write of the file system fails. */
function shutDown(folder: string): void {
  // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: fs/ext4/ext4.h and include/uapi/linux/ext4.h of Linux 6.1.
  const [shutdown, noLogFlush] = [0x8004587d, 2];
  const ioctl = koffi.load('libc.so.6').func('int ioctl(int fd, unsigned long request, uint32_t *flags)');
  const fd = openSync(folder, 'r');
  assert.equal(ioctl(fd, shutdown, [noLogFlush]), 0);
  closeSync(fd);
}
