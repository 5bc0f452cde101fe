import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { toLine } from '../../appliance/json-lines.js';
import { newEntry } from '../../appliance/record/entry.js';
import { Counter, removeState, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';
import { printedFrames } from '../vault/printed.js';

describe('a visit that nobody attends', () => {
  it('scans, photographs, compares, erases, and leaves one record of it', async () => {
    const state = stateFolder();
    // A card of a box names no zone.
    const { code, stdout } = await terashi(['run', '--once', '--json', '--state', state], { TZ: 'UTC' });
    assert.equal(code, 0);
    const { outcome, record } = JSON.parse(stdout) as { outcome: string; record: unknown };
    assert.equal(outcome, 'verified');
    const { practice, pictures, because, endedAt } = newEntry.parse(record);
    assert.match(endedAt, /\+09:00$/, 'in Japan’s time');
    assert.deepEqual({ practice, pictures, because }, { practice: true, pictures: true, because: 'decided' });
    assert.deepEqual(readdirSync(state), [
      'device.key',
      'device.pub',
      'in-force.json',
      'records.boot',
      'records.head',
      'records.jsonl',
    ]);
    assert.equal((await terashi(['records', 'verify', join(state, 'records.jsonl')])).code, 0);
    removeState(state);
  });

  it('does not verify another person', async () => {
    const state = stateFolder();
    const other = join(installation.practice, 'other-camera');
    const { code, stdout } = await terashi(['run', '--once', '--json', '--camera', other, '--state', state]);
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { outcome: string }).outcome, 'not-verified');
    removeState(state);
  });
});

describe('a visit with a print of the person', () => {
  let counter: Counter;
  const camera = mkdtempSync(join(tmpdir(), 'terashi-test-'));
  before(async () => {
    for (const [i, frame] of (await printedFrames()).entries())
      writeFileSync(join(camera, `${i}.jpg`), frame);
    counter = await Counter.open(['--camera', camera]);
  });
  after(async () => {
    await counter.close();
    rmSync(camera, { recursive: true });
  });

  it('warns the clerk at the result, who decides, and the record tells', async () => {
    await counter.scene('idle', 1);
    const warning = { side: 'probe', code: 'picture-suspected', blocking: false } as const;
    const { above, findings } = await counter.goTo('result');
    assert.deepEqual({ above, findings }, { above: true, findings: [warning] });
    await counter.takeFirst();
    await counter.scene('erased');
    assert.deepEqual(
      counter.records().map((record) => ({ outcome: record.outcome, findings: record.findings })),
      [{ outcome: 'verified', findings: [warning] }],
    );
  });
});

describe('a visit at the counter', () => {
  let counter: Counter;
  let recordsBefore: number;

  before(async () => (counter = await Counter.open()));
  after(() => counter.close());
  beforeEach(async () => {
    await counter.scene('idle', 1);
    counter.again();
    recordsBefore = counter.records().length;
  });
  // Each visit is over when its test is: Enter leads from `erased` back to `idle`.
  afterEach(async function () {
    if (!this.currentTest?.isFailed()) return counter.press('enter');
    await counter.close();
    counter = await Counter.open();
  });

  const records = () => counter.records().slice(recordsBefore);

  for (const step of [
    'place-document',
    'scanning',
    'before-photograph',
    'photographing',
    'result',
  ] as const) {
    // The visit of the next test shows that the next one works.
    it(`ends as a fault when the vault is killed at ${step}`, async () => {
      await counter.goTo(step);
      for (const vault of counter.vaults()) process.kill(vault, 'SIGKILL');
      assert.deepEqual((({ because, fault }) => ({ because, fault }))(await counter.scene('erased')), {
        because: 'fault',
        fault: 'vault-died',
      });
      assert.deepEqual(
        records().map(({ outcome }) => outcome),
        ['fault'],
      );
    });
  }

  it('ends with the clerk’s decision', async () => {
    const { above, comparison, threshold, findings } = await counter.goTo('result');
    assert(above && comparison.similarity >= threshold);
    assert.deepEqual(findings, [], 'nothing warns of the practice visitor');
    await counter.takeFirst();
    const { because, pictures, record } = await counter.scene('erased');
    assert.deepEqual({ because, pictures }, { because: 'decided', pictures: true });
    assert.deepEqual(
      records().map(({ number, outcome }) => ({ number, outcome })),
      [{ number: record, outcome: 'verified' }],
    );
  });

  for (const step of ['reason', 'notice', 'place-document', 'photographing', 'result'] as const) {
    it(`is cancelled at ${step}, erased and recorded`, async () => {
      await counter.goTo(step);
      await counter.press('cancel');
      assert.equal((await counter.scene('erased')).because, 'cancelled');
      assert.deepEqual(
        records().map(({ outcome }) => outcome),
        ['cancelled'],
      );
    });
  }

  it('takes no Enter that was meant for the scene before', async () => {
    await counter.scene('idle');
    await counter.press('enter');
    await counter.scene('reason');
    counter.panel.write(toLine({ press: 'enter' }));
    await counter.press('back');
    await counter.scene('erased');
    assert.equal(records()[0]?.outcome, 'cancelled');
  });
});

describe('an appliance that ends in the middle of a visit', () => {
  let counter: Counter;
  beforeEach(async () => (counter = await Counter.open()));
  afterEach(() => counter.close());

  it('erases and records the visit when it is told to', async () => {
    await counter.goTo('photographing');
    const vaults = counter.vaults();
    assert(vaults.length > 0);
    counter.core.kill('SIGHUP');
    await once(counter.core, 'exit');
    assert.equal(counter.records().at(-1)?.outcome, 'cancelled');
    for (const vault of vaults) assert.throws(() => process.kill(vault, 0), { code: 'ESRCH' });
  });

  it('takes its vault along when the core is killed', async () => {
    await counter.goTo('photographing');
    const vaults = counter.vaults();
    assert(vaults.length > 0);
    counter.core.kill('SIGKILL');
    await once(counter.core, 'exit');
    await until('the end of its vaults', () => !vaults.some(lives));
  });
});

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a second appliance', () => {
  it('is refused on the same records, and the first goes on', async () => {
    const counter = await Counter.open();
    await counter.scene('idle');
    const second = await terashi(['run', '--once', '--state', counter.state]);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /すでに動いています/);
    await counter.close();
  });
});
