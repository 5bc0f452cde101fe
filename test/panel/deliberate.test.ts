import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import fc from 'fast-check';

import { Deliberate } from '../../appliance/panel/screen/deliberate.js';
import type { Typed } from '../../appliance/panel/screen/keys.js';
import type { Key } from '../../appliance/protocol/key.js';

/** What is typed, each after so many milliseconds. */
type Typing = readonly (readonly [after: number, typed: Typed])[];

/** In milliseconds. */
let now: number;
async function pass(milliseconds: number): Promise<void> {
  now += milliseconds;
  mock.timers.tick(milliseconds);
  await turn();
}

/** The keys that count. */
async function keysOf(typing: Typing): Promise<Key[]> {
  const keys: Key[] = [];
  const presses = new Deliberate((key) => keys.push(key));
  for (const [after, typed] of typing) {
    await pass(after);
    presses.hear(typed);
  }
  await pass(1000);
  return keys;
}

/** A key that is held as long as it takes to repeat twice, or longer: the delays and rates that kbdrate(8) names, and X's. */
const held = (key: Typed): fc.Arbitrary<Typing> =>
  fc
    .record({
      delay: fc.integer({ min: 250, max: 1000 }),
      period: fc.integer({ min: 10, max: 92 }),
      repeats: fc.integer({ min: 2, max: 40 }),
    })
    .map(({ delay, period, repeats }) => [
      [1000, key],
      [delay, key],
      ...Array.from({ length: repeats - 1 }, (): [number, Typed] => [period, key]),
    ]);

const gap = fc.integer({ min: 1, max: 50 });

/** What a barcode reader types: digits or letters, with Enter before them, after them, or both. */
const scanned: fc.Arbitrary<Typing> = fc
  .record({
    code: fc.array(fc.tuple(gap, fc.constantFrom<Typed>('text', 'language')), {
      minLength: 2,
      maxLength: 20,
    }),
    before: fc.option(gap),
    after: fc.option(gap),
    pause: fc.integer({ min: 200, max: 3000 }),
  })
  .map(({ code, before, after, pause }) => {
    const typing: [number, Typed][] = [
      ...(before === null ? [] : [[before, 'enter'] as [number, Typed]]),
      ...code,
      ...(after === null ? [] : [[after, 'enter'] as [number, Typed]]),
    ];
    const [[, first], ...rest] = typing;
    return [[pause, first], ...rest];
  });

describe('a deliberate press', () => {
  beforeEach(() => {
    now = 0;
    mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.reset());

  it('is the first of a key that is held down, and none of its repeats', async () => {
    for (const key of ['enter', 'language'] as const)
      await fc.assert(
        fc.asyncProperty(fc.array(held(key), { minLength: 1, maxLength: 3 }), async (holds) => {
          assert.deepEqual(
            await keysOf(holds.flat()),
            holds.map(() => key),
          );
        }),
      );
  });

  it('is nothing that a barcode reader types', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scanned, { minLength: 1, maxLength: 3 }), async (scans) => {
        assert.deepEqual(await keysOf(scans.flat()), []);
      }),
    );
  });

  it('is each one of a person who presses a key four times a second', async () => {
    const press = fc.tuple(
      fc.integer({ min: 250, max: 2000 }),
      fc.constantFrom<Key>('left', 'right', 'enter', 'back', 'cancel', 'language'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(press, { maxLength: 20 }), async (presses) => {
        assert.deepEqual(
          await keysOf(presses),
          presses.map(([, key]) => key),
        );
      }),
    );
  });

  it('is passed on a tenth of a second later, and any other key at once', async () => {
    const keys: Key[] = [];
    const presses = new Deliberate((key) => keys.push(key));
    presses.hear('right');
    assert.deepEqual(keys, ['right']);
    presses.hear('enter');
    await pass(99);
    assert.deepEqual(keys, ['right']);
    await pass(1);
    assert.deepEqual(keys, ['right', 'enter']);
  });

  it('counts again once a burst has been over for a while', async () => {
    const code: Typing = [
      [1000, 'text'],
      [5, 'text'],
      [5, 'enter'],
    ];
    assert.deepEqual(await keysOf([...code, [140, 'enter']]), []);
    assert.deepEqual(await keysOf([...code, [160, 'enter']]), ['enter']);
  });

  it('is not one that another key follows at once: that key counts alone', async () => {
    assert.deepEqual(
      await keysOf([
        [1000, 'enter'],
        [60, 'right'],
      ]),
      ['right'],
    );
    assert.deepEqual(
      await keysOf([
        [1000, 'right'],
        [60, 'enter'],
      ]),
      ['right', 'enter'],
    );
  });

  it('is not sent before what was typed meanwhile is read, however busy the process was', async () => {
    const keys: Key[] = [];
    const presses = new Deliberate((key) => keys.push(key));
    presses.hear('enter');
    // After a busy while the timers run first, then the input is read, then come the immediates.
    now += 300;
    mock.timers.tick(300);
    presses.hear('enter');
    await turn();
    assert.deepEqual(keys, []);
    presses.hear('enter');
    await pass(1000);
    assert.deepEqual(keys, []);
  });
});
