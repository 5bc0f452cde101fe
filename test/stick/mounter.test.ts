import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Duplex } from 'node:stream';

import fc from 'fast-check';

import { Exporter } from '../../appliance/export/exporter.js';
import { fileOf } from '../../appliance/installation.js';
import { toLine } from '../../appliance/json-lines.js';
import { err } from '../../appliance/result.js';
import {
  longestLine,
  message,
  type Message,
  request,
  type Request,
} from '../../appliance/stick/mount-protocol.js';
import type { Access } from '../../appliance/stick/mounted.js';
import { ProgramConnection } from '../../appliance/stick/program-connection.js';
import { until } from '../../hardware-tests/counter/until.js';
import { mountAlone, StickBench, stickPoints } from './bench.js';
import { assertOnlyWholeMessages } from './door.js';

/** Any user who is there. */
const owner = 'nobody';

/** What mount(8) was asked, as the options of proc_pid_mountinfo(5) show it. */
const optionsOf = (point: string): readonly string[] => {
  const line = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .find((each) => each.split(' ')[4] === point);
  return line?.split(' ')[5].split(',') ?? [];
};

/** The mounter as systemd starts it, one for a connection. */
function start(access: Access) {
  return spawn(process.execPath, [fileOf('stick/mounter'), access, owner], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

describe('the mounter', () => {
  let bench: StickBench;
  mountAlone();
  beforeEach(() => {
    bench = new StickBench();
    bench.plugIn();
  });
  afterEach(() => {
    const left = stickPoints();
    bench.close();
    assert.deepEqual(left, [], 'no stick stays mounted');
  });

  /** Asks one mounter, which then has to end when the connection does. */
  async function asking(
    access: Access,
    work: (
      ask: (asked: Request) => Promise<Message | undefined>,
      mounter: ReturnType<typeof start>,
    ) => Promise<void>,
  ): Promise<void> {
    const mounter = start(access);
    const ended = once(mounter, 'exit');
    const stream = Duplex.from({ writable: mounter.stdin, readable: mounter.stdout });
    const connection = new ProgramConnection<Request, Message>(stream, message, longestLine);
    await work((asked) => connection.request(asked), mounter);
    connection.close();
    assert.deepEqual(await ended, [0, null]);
  }
  const mount = (): Request => ({ do: 'mount', node: bench.stick().path });

  for (const [access, shown] of [
    ['read', 'ro'],
    ['write', 'rw'],
  ] as const)
    it(`mounts a stick as its unit says (${access}), and unmounts it when it is asked to`, async () => {
      bench.program('mount', `echo "$4" > '${bench.path('options')}'; exec ${bench.mounter} "$@"`);
      await asking(access, async (ask) => {
        const answer = await ask(mount());
        assert(answer?.is === 'mounted');
        assert.deepEqual(stickPoints(), [answer.point]);
        for (const option of [shown, 'noexec', 'nosuid', 'nodev', 'nosymfollow'])
          assert(optionsOf(answer.point).includes(option), option);
        // For its one user alone.
        for (const option of ['umask=0077', `uid=${owner}`])
          assert(bench.read('options').trim().split(',').includes(option), option);
        assert.deepEqual(await ask({ do: 'unmount' }), { is: 'unmounted' });
        assert.deepEqual(stickPoints(), []);
        assert.deepEqual(await ask({ do: 'unmount' }), { is: 'failed' });
      });
    });

  it('unmounts it when the connection closes, and no sooner though it is told to end', async () => {
    await asking('read', async (ask, mounter) => {
      assert.equal((await ask(mount()))?.is, 'mounted');
      mounter.kill('SIGTERM');
      assert.deepEqual(await ask(mount()), { is: 'failed' }, 'one stick a connection');
      assert.equal(stickPoints().length, 1);
    });
  });

  it('unmounts it though a file on it is open, and says that data may be missing', async () => {
    await asking('write', async (ask) => {
      const answer = await ask(mount());
      assert(answer?.is === 'mounted');
      const file = openSync(join(answer.point, 'open'), 'w');
      assert.deepEqual(await ask({ do: 'unmount' }), { is: 'failed' });
      assert.deepEqual(stickPoints(), []);
      closeSync(file);
    });
  });

  it('mounts nothing but a stick: by what is plugged in, whatever it is asked', async () => {
    await asking('read', async (ask) => {
      for (const node of ['/dev/mmcblk0p1', '/dev/sda', '/dev/loop99'])
        assert.deepEqual(await ask({ do: 'mount', node }), { is: 'failed' }, node);
      bench.show(bench.stick({ fstype: 'ext4' }));
      assert.deepEqual(await ask(mount()), { is: 'failed' }, 'another file system');
      bench.show(bench.stick({ mountpoints: ['/'] }));
      assert.deepEqual(await ask(mount()), { is: 'failed' }, 'the disk that the box started from');
    });
  });

  it('takes and sends whole messages only, and ends at anything else', async () => {
    const made = fc.oneof(
      fc.record({ do: fc.constantFrom('mount', 'unmount'), node: fc.string() }, { requiredKeys: ['do'] }),
      fc.record({ is: fc.constantFrom('mounted', 'failed'), point: fc.string() }, { requiredKeys: ['is'] }),
    );
    assertOnlyWholeMessages(made, [
      [request, longestLine],
      [message, longestLine],
    ]);
    for (const node of ['/dev/../etc/shadow', '/dev/sda1 ', 'UUID=1', '-o', '/etc/shadow'])
      assert.equal(request.safeParse({ do: 'mount', node }).success, false, node);
    for (const point of ['/run/terashi-sticks/..', '/run/terashi-sticks/', '/run/terashi-sticks/a/b', '/etc'])
      assert.equal(message.safeParse({ is: 'mounted', point }).success, false, point);
    const mounter = start('read');
    const ended = once(mounter, 'exit');
    mounter.stdin.write('{"do":"mount","node":"/etc/shadow"}\n');
    assert.deepEqual(await ended, [0, null]);
  });

  describe('asked by the exporter, as on a box,', () => {
    let server: Server;
    beforeEach(async () => {
      const socket = bench.path('mount.sock');
      server = createServer({ pauseOnConnect: true }, (asker) => {
        const mounter = start('write');
        asker.on('error', () => undefined).pipe(mounter.stdin);
        mounter.stdout.pipe(asker);
        asker.resume();
      });
      await once(server.listen(socket), 'listening');
      process.env.TERASHI_MOUNT_SOCKET = socket;
    });
    afterEach(() => {
      delete process.env.TERASHI_MOUNT_SOCKET;
      server.close();
    });

    const label = { box: '0123abcd', as: 'jsonl' } as const;
    const text = Buffer.from('{"a":"record"}\n');
    const records = { label, bytes: text.length, chunks: () => [text], beside: () => ({}) };

    it('has a copy written and read back, and tells what it cannot mount', async () => {
      const never = new AbortController().signal;
      const copy = () => new Exporter(undefined).copy(records, () => undefined, never);
      const done = await copy();
      assert(done.ok);
      assert(bench.onStick((folder) => readFileSync(join(folder, done.value))).equals(text));
      writeFileSync(bench.path('stick.img'), 'no file system');
      assert.deepEqual(await copy(), err('stick-unreadable'));
    });

    it('unmounts the stick of one that was killed', async () => {
      const exporter = spawn(process.execPath, [fileOf('export/main')], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      exporter.stdin.write(toLine({ do: 'begin', label, bytes: text.length }));
      await until('the mount', () => stickPoints().length === 1);
      await once(exporter.stdout, 'data');
      exporter.kill('SIGKILL');
      await until('the end of the mount', () => stickPoints().length === 0);
    });
  });
});
