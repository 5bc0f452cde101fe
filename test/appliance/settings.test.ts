import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { readLines } from '../../appliance/json-lines.js';
import { view } from '../../appliance/panel/view.js';
import { scratchFolder } from '../record/scratch.js';
import { connected, program, terashi } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';

const good = '[visit]\nway = "card"\nthreshold = 0.5\n';
const wrong = '[visit]\nway = "card"\nthreshold = 5\n[lights]\nled1 = 7\nled2 = 7\n';

describe('terashi settings', () => {
  const folder = scratchFolder();
  const file = () => join(folder(), 'terashi.toml');
  const run = (...args: string[]) =>
    terashi(['settings', ...args], { TERASHI_SETTINGS: '', STATE_DIRECTORY: join(folder(), 'state') });

  it('check says whether a file is right, and what to mend in it', async () => {
    writeFileSync(file(), good);
    const right = await run('check', file());
    assert.deepEqual([right.code, right.stderr], [0, '']);
    assert.match(right.stdout, /直すところはありません/);

    writeFileSync(file(), wrong);
    const told = await run('check', file());
    assert.equal(told.code, 1);
    assert.match(told.stdout, /3行目 visit\.threshold: 使える値は、0より大きく1までの数/);
    assert.match(told.stdout, /Line 6, lights\.led2: has the same number as lights\.led1 \(line 5\)/);

    const { code, stdout } = await run('check', file(), '--json');
    assert.equal(code, 1);
    const { problems, ...rest } = JSON.parse(stdout) as { problems: Record<string, unknown>[] };
    assert.deepEqual(rest, { file: file(), good: false, undrawable: [] });
    const [{ ja, en, ...first }] = problems;
    assert.deepEqual(first, {
      what: 'wrong-value',
      line: 3,
      key: 'visit.threshold',
      used: null,
      from: 'default',
    });
    assert.match(String(ja), /今は照合器の既定の基準を使っています。$/);
    assert.match(String(en), /Used meanwhile: the model's own threshold\.$/);
  });

  it('check names the characters that the screen of a box cannot draw, of names that are right', async () => {
    writeFileSync(file(), '[place]\nmunicipality = "𠮷田가町"\ncounter = "1番窓口"\n');
    const { code, stdout } = await run('check', file());
    assert.equal(code, 0);
    assert.match(stdout, /直すところはありません/);
    assert.match(
      stdout,
      /place\.municipality: .*𠮷（U\+20BB7）、가（U\+AC00）.*記録には、書いたとおり残ります/,
    );
    const told = JSON.parse((await run('check', file(), '--json')).stdout) as { undrawable: unknown };
    assert.deepEqual(told.undrawable, [{ key: 'place.municipality', characters: ['𠮷', '가'] }]);
  });

  it('check has its own exit code for a file that is not there, and for what it does not understand', async () => {
    assert.equal((await run('check', file())).code, 2);
    for (const args of [
      [],
      ['mend'],
      ['check', 'a', 'b'],
      ['show', 'a'],
      ['check', '--loud'],
      ['default', 'a'],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /terashi settings check/);
    }
    assert.equal((await run('check', '--help')).code, 0);
  });

  it('show tells what is in force, and where it comes from', async () => {
    const none = await run('show', '--json');
    assert.equal(none.code, 0);
    assert.equal((JSON.parse(none.stdout) as { file: unknown }).file, null);
    writeFileSync(file(), wrong);
    const { code, stdout } = await run('show', '--settings', file(), '--json');
    assert.equal(code, 1);
    const told = JSON.parse(stdout) as Record<'settings' | 'origins', Record<string, unknown>>;
    assert.deepEqual(told.settings.panel, { screen: 'auto', lights: 'off' });
    assert.deepEqual(
      ['visit.way', 'visit.threshold', 'panel.lights', 'time.key'].map((key) => told.origins[key]),
      ['file', 'default', 'safest', 'default'],
    );
    const lines = (await run('show', '--settings', file())).stdout;
    assert.match(lines, /^visit\.way = "card" +このファイル \/ this file$/m);
    assert.match(lines, /^panel\.lights = "off" +安全な側の値/m);
  });

  it('default prints the annotated file', async () => {
    const { code, stdout } = await run('default');
    assert.deepEqual([code, stdout], [0, readFileSync(installation.settings, 'utf8')]);
  });
});

describe('the appliance', () => {
  const folder = scratchFolder();
  const state = () => join(folder(), 'state');
  const file = () => join(folder(), 'terashi.toml');

  it('holds a visit against the last good threshold while the file has a wrong one', async () => {
    for (const [toml, said] of [
      [good, /^$/],
      [wrong, /3行目 visit\.threshold: .*前の正しい値 threshold = 0\.5 を使っています/],
    ] as const) {
      writeFileSync(file(), toml);
      const args = ['run', '--once', '--json', '--state', state()];
      const { code, stdout, stderr } = await terashi(args, { TERASHI_SETTINGS: file() });
      assert.equal(code, 0, stderr);
      assert.equal((JSON.parse(stdout) as { record: { threshold: number } }).record.threshold, 0.5);
      assert.match(stderr, said);
    }
  });

  it('tells every time in the zone of the settings, whatever the machine’s is', async () => {
    const now = async (toml: string) => {
      writeFileSync(file(), toml);
      const env = { TERASHI_SETTINGS: file(), TZ: 'UTC' };
      const { stdout } = await terashi(['clock', 'show', '--json', '--state', state()], env);
      const { now, timeZone } = JSON.parse(stdout) as { now: string; timeZone: string };
      return [timeZone, now.slice(-6)];
    };
    assert.deepEqual(await now(''), ['Asia/Tokyo', '+09:00']);
    assert.deepEqual(await now('[place]\ntime-zone = "Asia/Dubai"\n'), ['Asia/Dubai', '+04:00']);
    assert.deepEqual(await now('[place]\ntime-zone = "+09:00"\n'), ['Asia/Tokyo', '+09:00']);
    assert.deepEqual(await now('[place]\ntime-zone = "Asia/Nowhere"\n'), ['Asia/Tokyo', '+09:00']);
  });

  it('tells its panels how much is wrong, and on which line it begins', async () => {
    writeFileSync(file(), wrong);
    const core = spawn(process.execPath, [program, 'run', '--state', state(), '--settings', file()], {
      stdio: 'ignore',
    });
    try {
      const socket = await connected(join(state(), 'panel.sock'));
      for await (const shown of readLines(socket, view, 65_536)) {
        assert.ok(shown.ok);
        assert.deepEqual([shown.value.settingsProblems, shown.value.settingsLine], [3, 3]);
        break;
      }
      socket.destroy();
    } finally {
      core.kill('SIGTERM');
      await once(core, 'exit');
    }
  });

  it('draws no screen where the settings say so, whatever terminal there is', async () => {
    writeFileSync(file(), '[panel]\nscreen = "none"\n');
    // Not every shell gives its place to the command by itself, and a shell that stays ends by Ctrl-C.
    const started = ['exec', process.execPath, program, 'run', '--state', state(), '--settings', file()].join(
      ' ',
    );
    const terminal = spawn('script', ['--quiet', '--return', '--command', started, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(terminal, 'exit') as Promise<[number]>;
    let shown = '';
    terminal.stdout.on('data', (data: Buffer) => (shown += data.toString()));
    // A screen begins with an escape; what there is instead is one line.
    await until('the line', () => /\x1b|\n/.test(shown), { seen: () => shown });
    // What a terminal's Ctrl-C is.
    terminal.stdin.write('\x03');
    const [code] = await ended;
    assert.equal(code, 0);
    assert.match(shown, /running without a screen/);
    assert.doesNotMatch(shown, /\x1b/);
  });
});
