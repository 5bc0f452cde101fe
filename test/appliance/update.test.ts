import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { mayMount } from '../stick/bench.js';
import { Bench } from '../update/bench.js';
import { Counter, stateFolder, terashi } from './counter.js';

const updater = join(installation.root, 'build', 'appliance', 'update', 'main.js');

/** The appliance, the updater behind a socket as systemd lays it, and rauc, on slots that are files. */
describe('a box that is updated from a stick', () => {
  let bench: Bench;
  let events: number;
  let sockets: ChildProcess;
  let counter: Counter;

  before(function () {
    if (!mayMount()) this.skip();
  });
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
    execFileSync('mkfifo', [bench.path('events')]);
    events = openSync(bench.path('events'), 'r+');
    writeFileSync(bench.path('control'), '');
    const header = 'UDEV - the event which udev sends out after rule processing';
    bench.script('bin/udevadm', `echo '${header}'; exec cat '${bench.path('events')}'`);
    sockets = spawn(
      'systemd-socket-activate',
      [
        '--accept',
        '--inetd',
        `--listen=${bench.path('update.sock')}`,
        '--setenv=PATH',
        ...passed(),
        process.execPath,
        updater,
      ],
      { stdio: 'ignore' },
    );
    while (!existsSync(bench.path('update.sock'))) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  afterEach(async () => {
    await counter.close();
    sockets.kill();
    await once(sockets, 'exit');
    closeSync(events);
    await bench.stop();
  });

  const passed = () =>
    ['DBUS_SYSTEM_BUS_ADDRESS', 'TERASHI_RAUC_CONF', 'TERASHI_UPDATE_STATE'].map(
      (name) => `--setenv=${name}`,
    );
  const start = async () => {
    const state = stateFolder();
    const program = join(import.meta.dirname, 'with-update.js');
    counter = await Counter.at([program, state, bench.path('control'), bench.path('update.sock')], state);
  };
  /** As udev tells of the partition of a stick. */
  const tell = (action: 'add' | 'remove') => {
    writeSync(
      events,
      `UDEV  [1.2] ${action} /x (block)\nACTION=${action}\nSUBSYSTEM=block\nDEVNAME=/dev/sda1\n\n`,
    );
  };
  const news = async (is: string | undefined) => {
    for (;;) {
      const { update } = await counter.scene('idle');
      if (update?.is === is) return update;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const env = () => ({ RUNTIME_DIRECTORY: counter.state, STATE_DIRECTORY: counter.state });

  it('offers what is plugged in, installs it after a yes, and starts again', async () => {
    await start();
    await counter.scene('idle', 2);
    bench.plugIn(bench.bundle('old', { version: '0.0.9' }));
    tell('add');
    assert.deepEqual(await news('refused'), { is: 'refused', why: 'not-newer' });
    bench.unplug();
    tell('remove');
    await news(undefined);
    bench.plugIn(bench.bundle('terashi'));
    tell('add');
    assert.deepEqual(await news('found'), { is: 'found', version: '0.2.0' });
    assert.equal(bench.read('boot.primary'), '');
    await counter.press('right');
    await counter.press('right');
    await counter.press('enter');
    const { version } = await counter.scene('update-found');
    assert.equal(version, '0.2.0');
    await counter.press('enter');
    await counter.scene('updating');
    await counter.scene('restarting');
    while (bench.read('systemctl') === '') await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(bench.read('systemctl'), 'reboot\n');
    assert.equal(bench.read('boot.primary'), 'B\n');
    assert.deepEqual(counter.records(), [], 'no visit');
  });

  it('keeps a version on trial once it has tested itself', async () => {
    await bench.startService('B');
    bench.note({ is: 'trial', version: '0.1.0' });
    writeFileSync(bench.path('boot.B'), 'bad\n');
    await start();
    const { code, stdout } = await terashi(['update', 'confirm', '--json'], env());
    assert.deepEqual([code, stdout], [0, '{"kept":true}\n']);
    assert.equal(bench.read('boot.B'), 'good\n');
    assert.equal(bench.read('state/trial.json'), '');
    await news(undefined);
  });

  it('does not keep one that finds a fault, and says so once it is back', async () => {
    await bench.startService('B');
    bench.note({ is: 'trial', version: '0.1.0' });
    writeFileSync(bench.path('boot.B'), 'good\n');
    writeFileSync(bench.path('boot.primary'), 'B\n');
    await start();
    await counter.scene('idle', 2);
    // Where the records were no file can be written any more.
    rmSync(join(counter.state, 'records.jsonl'));
    mkdirSync(join(counter.state, 'records.jsonl'));
    const { code, stdout } = await terashi(['update', 'confirm', '--json'], env());
    assert.equal(code, 1, stdout);
    assert.equal((JSON.parse(stdout) as { kept: boolean }).kept, false);
    assert.equal(bench.read('boot.B'), 'bad\n');
    assert.equal(bench.read('boot.primary'), 'A\n');
    assert.deepEqual(JSON.parse(bench.read('state/trial.json')), {
      is: 'returned',
      version: '0.1.0',
      why: 'self-test-failed',
    });
    await counter.close();

    await bench.startService('A');
    // The old slot is what runs here: to it, the other version was the new one.
    bench.note({ is: 'returned', version: '0.2.0', why: 'self-test-failed' });
    await start();
    assert.deepEqual(await news('returned'), { is: 'returned', version: '0.2.0', why: 'self-test-failed' });
    await counter.press('right');
    await counter.press('right');
    await counter.press('enter');
    await news(undefined);
    while (bench.read('state/trial.json') !== '') await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
