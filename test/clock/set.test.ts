import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { whyNotAllowed } from '../../appliance/clock/allowed.js';
import { builtAt } from '../../appliance/clock/built.js';
import { type Mark } from '../../appliance/clock/mark.js';
import { setClock } from '../../appliance/clock/set.js';
import { err, ok } from '../../appliance/result.js';
import { program as terashi } from '../../hardware-tests/counter/counter.js';
import { Box } from './made.js';

const program = join(import.meta.dirname, '../../appliance/clock/set-clock.js');
const day = 86_400_000;

/** Runs a program without the right to set the clock: no test may set the clock of its machine. */
function withoutRight(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) {
  const drop = ['setpriv', '--bounding-set=-sys_time', '--inh-caps=-sys_time'];
  const [file, ...rest] = [...(process.getuid?.() === 0 ? drop : []), process.execPath, ...args];
  return spawnSync(file, rest, { input, encoding: 'utf8', env: { ...process.env, ...env } });
}

/** Bit 25 of the effective capabilities is CAP_SYS_TIME (linux/capability.h). */
const mayStill = 'console.log(/CapEff:\\s*(\\w+)/.exec(require("fs").readFileSync("/proc/self/status"))[1])';

describe('the program that sets the clock', () => {
  const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;
  const ask = (line: string) => withoutRight([program], line);

  before(() => {
    const held = BigInt(`0x${withoutRight(['-e', mayStill]).stdout.trim()}`);
    assert.equal((held >> 25n) & 1n, 0n, 'these tests would set the clock');
  });

  it('reports if it lacks the right', () => {
    const { status, stdout } = ask(`{"set":${wholeSecond()}}\n`);
    assert.deepEqual([status, stdout], [0, '{"set":false,"fault":"clock-denied"}\n']);
  });

  it('refuses any other line, and a time beyond its bounds', () => {
    const built = Math.ceil(builtAt() / 1000) * 1000;
    for (const line of [
      '',
      '\n',
      `{"set":${wholeSecond() + 1}}\n`,
      `{"set":"${wholeSecond()}"}\n`,
      `{"set":${wholeSecond()},"command":"date"}\n`,
      `{"set":${built - day}}\n`,
      `{"set":${built + 21 * 366 * day}}\n`,
      '{"set":0}\n',
      `{"set":${'1'.repeat(200)}}\n`,
      'x'.repeat(5000),
    ]) {
      assert.equal(ask(line).stdout, '{"set":false,"fault":"clock-failed"}\n', line.slice(0, 60));
    }
  });

  describe('behind a socket, as systemd starts it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-clock-'));
    const socket = join(folder, 'clock.sock');
    let server: Server;
    let heard = '';
    before(() => (process.env.TERASHI_CLOCK_SOCKET = socket));
    after(() => {
      delete process.env.TERASHI_CLOCK_SOCKET;
      rmSync(folder, { recursive: true });
    });

    const answering = async (answer: string) => {
      heard = '';
      server = createServer((door) => {
        door.on('data', (data) => (heard += data.toString()));
        door.on('error', () => undefined);
        door.once('data', () => door.end(answer));
      });
      server.listen(socket);
      await once(server, 'listening');
      const set = await setClock(1_772_602_327_500);
      server.close();
      return set;
    };

    it('gets the time in whole seconds, and its answer is accepted', async () => {
      assert.deepEqual(await answering('{"set":true,"battery":"absent"}\n'), ok('absent'));
      assert.equal(heard, '{"set":1772602327000}\n');
      assert.deepEqual(await answering('{"set":false,"fault":"clock-denied"}\n'), err('clock-denied'));
    });

    it('has failed if it answers nonsense, hangs up or is missing', async () => {
      for (const nonsense of ['', 'ok\n', '{"set":true}\n', '{"set":true,"battery":"absent","more":1}\n']) {
        assert.deepEqual(await answering(nonsense), err('clock-failed'), nonsense);
      }
      assert.deepEqual(await setClock(0), err('clock-failed'), 'nobody listens');
    });
  });
});

describe('setting the clock', () => {
  const lastRecord = Date.UTC(2026, 2, 10);

  function boxAt(wall: number) {
    const box = new Box();
    let mark: Mark | undefined;
    const clock = box.clock(
      { mark: () => Promise.resolve(mark) },
      {
        remember: (made) => {
          mark = made;
          return Promise.resolve();
        },
      },
    );
    box.set(wall);
    box.pass(60_000);
    return { box, clock, trust: () => clock.judge(clock.read(), lastRecord) };
  }

  it('makes the time the clerk’s', async () => {
    const { box, clock, trust } = boxAt(0);
    assert.equal(trust().doubt, 'before-software');
    assert.deepEqual(await clock.set(lastRecord + day, lastRecord, false), ok('absent'));
    assert.equal(box.wall(), lastRecord + day);
    assert.deepEqual(trust(), { timeTrusted: true, timeSource: 'clerk' });
    box.pass(400 * day);
    assert.ok(trust().timeTrusted);
  });

  it('to a time before the last record requires the confirmation that the record is wrong', async () => {
    const { box, clock, trust } = boxAt(lastRecord + day);
    assert.deepEqual(await clock.set(lastRecord - day, lastRecord, false), err('before-record'));
    assert.equal(box.wall(), lastRecord + day + 60_000);
    assert.deepEqual(await clock.set(lastRecord - day, lastRecord, true), ok('absent'));
    assert.ok(trust().timeTrusted);
    assert.ok((await clock.set(lastRecord - day + 1000, lastRecord, false)).ok, 'said once in a boot');
    for (const time of [0, box.builtAt - 1]) {
      assert.deepEqual(await clock.set(time, lastRecord, true), err('before-software'));
    }
  });

  it('has failed unless the clock then shows that time', async () => {
    const { box } = boxAt(0);
    const liar = box.clock({}, { set: () => Promise.resolve(ok('set' as const)) });
    assert.deepEqual(await liar.set(lastRecord, undefined, false), err('clock-failed'));
    const slow = box.clock(
      {},
      {
        set: (time) => {
          box.set(time);
          box.pass(8000);
          return Promise.resolve(ok('set' as const));
        },
      },
    );
    assert.deepEqual(await slow.set(lastRecord, undefined, false), ok('set'));
  });

  it('is not trusted if it could not be stored', async () => {
    const { box } = boxAt(0);
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    const clock = box.clock({}, { remember: () => Promise.reject(full) });
    assert.deepEqual(await clock.set(lastRecord, undefined, false), err('clock-failed'));
    assert.equal(clock.judge(clock.read(), undefined).timeTrusted, false);
  });

  it('is allowed within twenty years of the software’s build, and not before the last record', () => {
    const built = Date.UTC(2026, 2, 1);
    const time = fc.integer({ min: 0, max: Date.UTC(2200, 0) });
    fc.assert(
      fc.property(time, fc.option(time, { nil: undefined }), (at, record) => {
        const latest = Date.UTC(2046, 2, 1);
        for (const one of [at, record ?? 0]) fc.pre(Math.abs(one - latest) > 2 * day);
        // A record of a later year was wrong, and sets no limit.
        const earliest = record !== undefined && record < latest ? Math.max(built, record) : built;
        const allowed = at >= earliest && at < latest;
        assert.equal(whyNotAllowed(at, { builtAt: built, lastRecord: record }) === undefined, allowed);
      }),
    );
  });
});

describe('terashi clock', () => {
  const state = mkdtempSync(join(tmpdir(), 'terashi-clock-'));
  after(() => rmSync(state, { recursive: true }));
  const run = (...args: string[]) =>
    withoutRight([terashi, 'clock', ...args, '--state', state], '', { TZ: 'Asia/Tokyo' });

  it('shows the time as date(1) does, and whether it is trusted', () => {
    const { status, stdout } = run('show', '--json');
    const said = JSON.parse(stdout) as Record<string, unknown>;
    const date = execFileSync('date', ['+%s'], { encoding: 'utf8' });
    assert.ok(Math.abs(Date.parse(said.now as string) / 1000 - Number(date)) <= 2);
    assert.match(said.now as string, /\+09:00$/);
    assert.ok(
      Math.abs((said.tick as number) / 1000 - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])) < 5,
    );
    assert.deepEqual([said.boot, said.lastRecord], [null, null]);
    assert.equal(status, said.timeTrusted ? 0 : 1);
    assert.match(run().stdout, said.timeTrusted ? /はい \/ yes/ : /いいえ \/ no[^]*clock[^]*set the clock/);
  });

  it('reports if it may not set the clock', () => {
    const now = new Date(Math.ceil(Math.max(builtAt(), Date.now()) / 1000) * 1000).toISOString();
    const { status, stderr } = run('set', now);
    assert.equal(status, 1);
    assert.match(stderr, /許されていません[^]*may not set its clock/);
    const json = run('set', now, '--json');
    assert.equal(json.status, 1);
    assert.equal((JSON.parse(json.stdout) as { why: string }).why, 'clock-denied');
    assert.equal(run('show', '--json').stdout.includes('"clerk"'), false);
  });

  it('refuses an impossible time', () => {
    for (const [time, why] of [
      ['1970-01-01T00:00', 'before-software'],
      ['2999-12-31T23:59:59Z', 'too-late'],
    ] as const) {
      const { status, stdout } = run('set', time, '--json');
      assert.deepEqual([status, (JSON.parse(stdout) as { why: string }).why], [1, why]);
    }
    for (const args of [
      ['set'],
      ['set', 'now'],
      ['set', '2026-02-30T10:00'],
      ['set', '2026-03-04'],
      ['set', '2027-03-04T10:00', 'x'],
      ['show', 'x'],
      ['mend'],
      ['show', '--earlier'],
    ]) {
      const { status, stdout } = run(...args);
      assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    }
  });
});
