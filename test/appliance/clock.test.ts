import assert from 'node:assert/strict';
import { join } from 'node:path';

import { toLine } from '../../appliance/json-lines.js';
import { Counter, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';

describe('a box without a battery clock', () => {
  let counter: Counter;
  before(async () => {
    const state = stateFolder();
    counter = await Counter.at([join(import.meta.dirname, 'with-clock.js'), state], state);
  });
  after(() => counter.close());

  /** A visit that is clear by sight. */
  async function visit() {
    await counter.scene('idle', 1);
    await counter.press('enter');
    await counter.scene('reason');
    // From what the policy suggests to what is clear by sight.
    await counter.press('left');
    await counter.press('left');
    await counter.press('enter');
    await counter.scene('erased');
    await counter.press('enter');
    const { number, endedAt, boot, tick, timeTrusted, timeSource } = counter.records().at(-1)!;
    return { number, year: endedAt.slice(0, 4), boot, tick, timeTrusted, timeSource };
  }

  it('marks its records until the clerk has set its clock on the screen, and then no more', async () => {
    const first = await visit();
    const { tick: _, ...said } = first;
    assert.deepEqual(said, {
      number: '2026-0001',
      year: '1970',
      boot: 1,
      timeTrusted: false,
      timeSource: 'none',
    });

    // Without a screen there is nothing to set it by.
    await counter.scene('idle', 2);
    counter.panel.write(toLine({ screen: 'here' }));
    await counter.scene('idle', 3);
    await counter.choose('set-clock');
    const { time } = await counter.scene('set-clock');
    assert.deepEqual([time.year, time.month], [2026, new Date(Date.UTC(2026, 2, 1)).getMonth() + 1]);
    // A year on, then to the button.
    for (const key of [
      'enter',
      'right',
      'enter',
      'right',
      'right',
      'right',
      'right',
      'right',
      'enter',
    ] as const)
      await counter.press(key);
    const set = await counter.scene('clock-set');
    assert.deepEqual([set.time, set.battery], [{ ...time, year: 2027 }, 'absent']);
    await counter.press('enter');
    await counter.scene('idle', 2);
    counter.again();

    const second = await visit();
    assert.ok(second.tick > first.tick);
    assert.deepEqual(
      { ...second, tick: 0 },
      { number: '2027-0001', year: '2027', boot: 1, tick: 0, timeTrusted: true, timeSource: 'clerk' },
    );
    const { stdout } = await terashi(['records', 'verify', join(counter.state, 'records.jsonl'), '--json']);
    const { untrusted } = JSON.parse(stdout) as { untrusted: { number: string; likely: string }[] };
    // Its beginning and its end.
    assert.deepEqual(
      untrusted.map(({ number }) => number),
      ['2026-0001', '2026-0001'],
    );
    const apart = Date.parse(counter.records().at(-1)!.endedAt) - Date.parse(untrusted[1].likely);
    assert.ok(Math.abs(apart - (second.tick - first.tick)) <= 1000, `${apart}`);
  });
});
