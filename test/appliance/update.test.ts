import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { mountAlone } from '../stick/bench.js';
import { Bench } from '../update/bench.js';
import { terashi } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';
import { PluggedBox } from './plugged.js';

/** The appliance, the updater behind a socket as systemd lays it, and rauc, on slots that are files. */
describe('a box that is updated from a stick', () => {
  let bench: Bench;
  let box: PluggedBox;

  mountAlone();
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
    box = await PluggedBox.open(bench);
  });
  afterEach(async () => {
    await box.close();
    await bench.stop();
  });

  const env = () => ({ RUNTIME_DIRECTORY: box.counter.state, STATE_DIRECTORY: box.counter.state });

  it('offers what is plugged in, installs it after a yes, and starts again', async () => {
    await box.start();
    await box.counter.scene('idle', 2);
    bench.plugIn(bench.bundle('old', { version: '0.0.9' }));
    box.tell('add');
    await box.counter.choose('look-at-stick');
    assert.deepEqual(await box.news('refused'), { is: 'refused', why: 'not-newer' });
    bench.unplug();
    box.tell('remove');
    await box.news(undefined);
    bench.plugIn(bench.bundle('terashi'));
    box.tell('add');
    await box.counter.choose('look-at-stick');
    assert.deepEqual(await box.news('found'), { is: 'found', version: '0.2.0' });
    assert.equal(bench.read('boot.primary'), '');
    await box.counter.choose('update');
    const { version } = await box.counter.scene('update-found');
    assert.equal(version, '0.2.0');
    await box.counter.takeFirst();
    await box.counter.scene('updating');
    await box.counter.scene('restarting');
    await until('the restart', () => bench.read('systemctl'));
    assert.equal(bench.read('systemctl'), 'reboot\n');
    assert.equal(bench.read('boot.primary'), 'B\n');
    assert.deepEqual(box.counter.records(), [], 'no visit');
  });

  it('keeps a version on trial once it has tested itself', async () => {
    await bench.startService('B');
    bench.note({ is: 'trial', version: '0.1.0' });
    writeFileSync(bench.path('boot.B'), 'bad\n');
    await box.start();
    const { code, stdout } = await terashi(['update', 'confirm', '--json'], env());
    assert.deepEqual([code, stdout], [0, '{"kept":true}\n']);
    assert.equal(bench.read('boot.B'), 'good\n');
    assert.equal(bench.read('state/trial.json'), '');
    await box.news(undefined);
  });

  it('does not keep one that finds a fault, and says so once it is back', async () => {
    await bench.startService('B');
    bench.note({ is: 'trial', version: '0.1.0' });
    writeFileSync(bench.path('boot.B'), 'good\n');
    writeFileSync(bench.path('boot.primary'), 'B\n');
    await box.start();
    await box.counter.scene('idle', 2);
    // Where the records were no file can be written any more.
    rmSync(join(box.counter.state, 'records.jsonl'));
    mkdirSync(join(box.counter.state, 'records.jsonl'));
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
    await box.counter.close();

    await bench.startService('A');
    // The old slot is what runs here: to it, the other version was the new one.
    bench.note({ is: 'returned', version: '0.2.0', why: 'self-test-failed' });
    await box.start();
    assert.deepEqual(await box.news('returned'), {
      is: 'returned',
      version: '0.2.0',
      why: 'self-test-failed',
    });
    await box.counter.choose('dismiss');
    await box.news(undefined);
    await until('the note to be gone', () => bench.read('state/trial.json') === '');
  });
});
