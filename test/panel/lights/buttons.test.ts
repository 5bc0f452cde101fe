import assert from 'node:assert/strict';

import fc from 'fast-check';

import { Buttons } from '../../../appliance/panel/lights/buttons.js';
import { type Button, buttons } from '../../../appliance/panel/lights/lines.js';

/** From this moment on, in milliseconds, these buttons are down. */
type Moment = readonly [at: number, ...down: readonly Button[]];

/** The presses, with their times, of buttons that are read at every edge and whenever they ask to be read. */
function pressed(moments: readonly Moment[], atFirst: readonly Button[] = []): [Button, number][] {
  let held = atFirst;
  const down = (button: Button): boolean => held.includes(button);
  const contacts = new Buttons(down);
  const presses: [Button, number][] = [];
  const read = (now: number): void => {
    presses.push(...contacts.read(down, now).map((button): [Button, number] => [button, now]));
  };
  const settleUntil = (until: number): void => {
    for (let due = contacts.dueAt; due !== undefined && due < until; due = contacts.dueAt) read(due);
  };
  for (const [at, ...now] of moments) {
    settleUntil(at);
    held = now;
    read(at);
  }
  settleUntil(Infinity);
  return presses;
}

const anyButton = fc.constantFrom(...buttons);

describe('the buttons', () => {
  it('count once, soon after they are pressed, however long they are held', () => {
    for (const button of buttons)
      assert.deepEqual(pressed([[0, button], [5000], [6000, button], [6100]]), [
        [button, 30],
        [button, 6030],
      ]);
  });

  it('count once though their contacts bounce when they close and when they open', () => {
    const bounces = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        anyButton,
        bounces,
        bounces,
        fc.integer({ min: 40, max: 3000 }),
        (button, closing, opening, hold) => {
          const moments: Moment[] = [];
          let at = 0;
          const bounce = (gaps: readonly number[], ends: boolean): void => {
            const states = [...gaps.map((_, index) => (index % 2 === 0 ? ends : !ends)), ends];
            states.forEach((down, index) => {
              moments.push(down ? [at, button] : [at]);
              at += gaps[index] ?? 0;
            });
          };
          bounce(closing, true);
          at += hold;
          bounce(opening, false);
          assert.deepEqual(
            pressed(moments).map(([name]) => name),
            [button],
          );
        },
      ),
    );
  });

  it('do not take a disturbance on the line for a press', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 29 })), (lengths) => {
        const moments = lengths.flatMap((length, index): Moment[] => [
          [index * 100, 'yes'],
          [index * 100 + length],
        ]);
        assert.deepEqual(pressed(moments), []);
      }),
    );
  });

  it('do nothing when two are pressed at once, but for cancel', () => {
    fc.assert(
      fc.property(anyButton, anyButton, fc.nat(29), (first, second, apart) => {
        fc.pre(first !== second);
        const presses = pressed([[0, first], [apart, first, second], [1000, second], [2000]]);
        const expected = [first, second].filter((button) => button === 'cancel');
        assert.deepEqual(
          presses.map(([button]) => button),
          expected,
        );
      }),
    );
  });

  it('never say yes or no while another is down, unless that is stuck, whatever happens', () => {
    const moment = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.subarray([...buttons]));
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 40 }), fc.subarray([...buttons]), (steps, atFirst) => {
        let at = 0;
        const moments = steps.map(([gap, down]): Moment => [(at += gap), ...down]);
        const heldAt = (time: number) => moments.findLast(([from]) => from <= time)?.slice(1) ?? atFirst;
        /** It was down at the start, and never up for as long as it takes to be let go. */
        const stuckAt = (button: Button, time: number) =>
          atFirst.includes(button) &&
          moments.every(([from, ...down], index) => {
            const until = moments.slice(index).find(([, ...held]) => held.includes(button))?.[0] ?? Infinity;
            // One that is down again at the very end of the debounce time was not let go.
            return down.includes(button) || Math.min(until, time) - from < 30 || until - from === 30;
          });
        for (const [button, time] of pressed(moments, atFirst)) {
          assert(heldAt(time).includes(button));
          const others = heldAt(time).filter((other) => other !== button && !stuckAt(other as Button, time));
          if (button !== 'cancel') assert.deepEqual(others, []);
        }
      }),
    );
  });

  it('do not count while they are stuck from the start', () => {
    assert.deepEqual(pressed([[1000, 'no', 'cancel'], [2000, 'no'], [3000], [4000, 'no']], ['no']), [
      ['cancel', 1030],
      ['no', 4030],
    ]);
  });

  it('are stuck after ten seconds, counted once, and leave the others alone', () => {
    for (const stuck of ['no', 'cancel'] as const)
      assert.deepEqual(
        pressed([
          [0, stuck],
          [9_500, stuck, 'yes'],
          [9_600, stuck],
          [10_500, stuck, 'yes'],
          [10_600, stuck],
          [60_000],
          [60_100, stuck],
          [60_200, stuck, 'yes'],
          [60_300],
        ]),
        [
          [stuck, 30],
          ['yes', 10_530],
          [stuck, 60_130],
        ],
      );
  });

  it('that are stuck from the start leave the others alone', () => {
    assert.deepEqual(pressed([[1000, 'no', 'yes'], [1100, 'no'], [2000]], ['no']), [['yes', 1030]]);
  });
});
