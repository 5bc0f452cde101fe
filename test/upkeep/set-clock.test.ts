import assert from 'node:assert/strict';

import fc from 'fast-check';

import { minuteOf, type Minute, parts } from '../../appliance/clock/minute.js';
import type { Key } from '../../appliance/protocol/key.js';
import { err, ok } from '../../appliance/result.js';
import { counter, guess, walk, type Counter } from '../counter/counter.js';

/** A counter at which the clock is being set. */
async function setting(): Promise<Counter> {
  const visit = counter();
  await visit.send({ type: 'available', practice: false }, { type: 'clock', settable: true });
  await visit.press('right', 'right', 'enter');
  assert.equal(visit.state(), 'setting-clock');
  return visit;
}

const shown = (visit: Counter) => visit.view().scene;
const asked = (visit: Counter) =>
  visit.story.flatMap((each) => (each.what === 'asked' && each.task === 'setClock' ? [each.input] : []));
/** To the button that sets it. */
const toButton: readonly Key[] = ['right', 'right', 'right', 'right', 'right'];

describe('setting the clock at the counter', () => {
  it('is offered before a visit, and only where the time is not trusted', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: false });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test']);
    await visit.send({ type: 'set-clock' });
    assert.equal(visit.state(), 'idle');
    await visit.send({ type: 'clock', settable: true });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'set-clock']);
    assert.equal(visit.view().focus, 0);
    await visit.send({ type: 'clock', settable: false });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test']);
  });

  it('does not stand in the way of a visit', async () => {
    const visit = counter();
    await visit.send({ type: 'clock', settable: true });
    await walk.toResult(visit, 0.61);
    await visit.send({ type: 'clock', settable: false });
    assert.equal(visit.state(), 'above');
  });

  it('begins with the best guess, which Enter at the button sets', async () => {
    const visit = await setting();
    assert.deepEqual(shown(visit), { name: 'set-clock', time: guess, stop: 0, open: false });
    await visit.press(...toButton, 'right', 'enter');
    assert.deepEqual(asked(visit), [{ time: guess, corrected: false }]);
    assert.deepEqual(shown(visit), { name: 'applying-clock', time: guess });
    await visit.press('cancel', 'back', 'enter');
    assert.equal(visit.state(), 'applying-clock', 'what is under way is not stopped');
    await visit.answer('setClock', ok('absent'));
    assert.deepEqual(shown(visit), { name: 'clock-set', time: guess, battery: 'absent' });
    await visit.wait(11_000);
    assert.equal(visit.state(), 'idle');
    assert.deepEqual(visit.reports(), []);
  });

  it('opens a part, turns it, and keeps it or puts it back', async () => {
    const visit = await setting();
    await visit.press('right', 'enter', 'left', 'left');
    assert.deepEqual(shown(visit), { name: 'set-clock', time: { ...guess, month: 1 }, stop: 1, open: true });
    await visit.press('back');
    assert.deepEqual(shown(visit), { name: 'set-clock', time: guess, stop: 1, open: false });
    await visit.press('enter', 'right', 'enter', 'left');
    assert.deepEqual(shown(visit), { name: 'set-clock', time: { ...guess, month: 4 }, stop: 0, open: false });
    await visit.press('back');
    assert.equal(visit.state(), 'idle');
    assert.deepEqual(asked(visit), []);
  });

  for (const [key, times] of [
    ['cancel', 1],
    ['back', 2],
  ] as const) {
    it(`is left by ${key}, with nothing set`, async () => {
      const visit = await setting();
      await visit.press('enter', 'right');
      for (let i = 0; i < times; i++) await visit.press(key);
      assert.equal(visit.state(), 'idle');
      await visit.press('right', 'right', 'enter');
      assert.deepEqual(shown(visit), { name: 'set-clock', time: guess, stop: 0, open: false });
      assert.deepEqual(asked(visit), []);
    });
  }

  it('is left when no key is pressed for two minutes, counted from the last', async () => {
    const visit = await setting();
    assert.equal(visit.keyTimeout(), 120_000);
    await visit.press('enter');
    for (let press = 0; press < 5; press++) {
      await visit.wait(119_000);
      await visit.press('right');
    }
    assert.equal(visit.state(), 'setting-clock');
    await visit.wait(121_000);
    assert.equal(visit.state(), 'idle');
    assert.deepEqual(asked(visit), []);
  });

  it('sets any minute there is, in no more presses than a minute has room for', async () => {
    const target = fc
      .date({ min: new Date(2024, 0, 1), max: new Date(2029, 0, 1), noInvalidDate: true })
      .map(minuteOf);
    const buttons = fc.boolean();
    await fc.assert(
      fc.asyncProperty(target, buttons, async (to, three) => {
        const visit = await setting();
        const presses = await enter(visit, to, three);
        assert.deepEqual(asked(visit), [{ time: to, corrected: false }]);
        // Two a second, and with only one button to turn, which goes but one way, three.
        if (!three) assert.ok(presses <= 120, `${presses} presses`);
        else assert.ok(presses <= 360, `${presses} presses`);
      }),
      { numRuns: 30 },
    );
  });

  it('to a time before the last record is asked about, and done on the clerk’s word', async () => {
    const visit = await setting();
    await visit.press(...toButton, 'enter');
    await visit.answer('setClock', err('before-record'));
    assert.deepEqual(shown(visit), { name: 'clock-not-set', time: guess, why: 'before-record' });
    assert.deepEqual(visit.view().choices, ['change-time', 'set-anyway', 'done']);
    assert.equal(visit.view().focus, 0);
    await visit.press('right', 'enter');
    assert.deepEqual(asked(visit).at(-1), { time: guess, corrected: true });
    await visit.answer('setClock', ok('set'));
    assert.equal(visit.state(), 'clock-set');
  });

  it('once changed is asked about again', async () => {
    const visit = await setting();
    await visit.press(...toButton, 'enter');
    await visit.answer('setClock', err('before-record'));
    await visit.press('enter');
    assert.deepEqual(shown(visit), { name: 'set-clock', time: guess, stop: 0, open: false });
    await visit.press('enter', 'left', 'enter', ...toButton, 'enter');
    assert.deepEqual(asked(visit).at(-1), { time: { ...guess, year: 2025 }, corrected: false });
  });

  it('that is refused says why, and is tried again only where that can help', async () => {
    for (const [why, choices] of [
      ['clock-denied', ['done']],
      ['clock-failed', ['change-time', 'done']],
      ['too-late', ['change-time', 'done']],
      ['before-software', ['change-time', 'done']],
    ] as const) {
      const visit = await setting();
      await visit.press(...toButton, 'enter');
      await visit.answer('setClock', err(why));
      assert.deepEqual(shown(visit), { name: 'clock-not-set', time: guess, why });
      assert.deepEqual(visit.view().choices, choices);
      await visit.send({ type: 'set-anyway' });
      assert.equal(asked(visit).length, 1, 'nothing but a record can be overruled');
      await visit.send({ type: 'done' });
      assert.equal(visit.state(), 'idle');
    }
  });

  it('that hangs or breaks is given up, and what comes late is dropped', async () => {
    const visit = await setting();
    await visit.press(...toButton, 'enter');
    await visit.wait(16_000);
    assert.deepEqual(shown(visit), { name: 'clock-not-set', time: guess, why: 'clock-failed' });
    visit.left().at(0)?.answer(ok('set'));
    await visit.wait(0);
    assert.equal(visit.state(), 'clock-not-set');
    await visit.wait(121_000);
    assert.equal(visit.state(), 'idle');

    const broken = await setting();
    await broken.press(...toButton, 'enter');
    broken.take('setClock').fail(new Error('a bug'));
    await broken.wait(0);
    assert.equal(broken.state(), 'clock-not-set');
    assert.equal(broken.bugs.length, 1);
  });
});

/** Sets the clock to a time as a clerk would who reads the screen: by the shorter way, or with three buttons. */
async function enter(visit: Counter, to: Minute, threeButtons: boolean): Promise<number> {
  let presses = 0;
  const press = async (key: Key): Promise<void> => {
    presses += 1;
    await visit.press(key);
  };
  const now = () => {
    const { scene } = visit.view();
    assert(scene.name === 'set-clock');
    return scene;
  };
  for (const part of parts) {
    if (now().time[part] !== to[part]) {
      await press('enter');
      const size = { year: 100, month: 12, day: 31, hour: 24, minute: 60 }[part];
      const ahead = (to[part] - now().time[part] + size) % size;
      const way = threeButtons ? 'next' : ahead <= size / 2 ? 'right' : 'left';
      while (now().time[part] !== to[part]) await press(way);
      await press('enter');
    }
    await press(threeButtons ? 'next' : 'right');
  }
  await press('enter');
  return presses;
}
