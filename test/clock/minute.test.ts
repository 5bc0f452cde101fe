import assert from 'node:assert/strict';

import fc from 'fast-check';

import { dateOf, minute, minuteOf, type Minute, parts, stepped } from '../../appliance/clock/minute.js';

const time: fc.Arbitrary<Minute> = fc
  .date({ min: new Date(2000, 0, 1), max: new Date(2099, 11, 31), noInvalidDate: true })
  .map(minuteOf);
const part = fc.constantFrom(...parts);

describe('a time that is set part by part', () => {
  it('always exists, whichever part is changed', () => {
    const turns = fc.array(fc.tuple(part, fc.constantFrom(1 as const, -1 as const)), { maxLength: 60 });
    fc.assert(
      fc.property(time, turns, (from, turns) => {
        const to = turns.reduce((at, [what, by]) => stepped(at, what, by), from);
        assert.deepEqual(minute.parse(to), to);
        // A date that does not exist, such as 30 February, would become another one.
        assert.deepEqual(minuteOf(dateOf({ ...to, hour: 12 })), { ...to, hour: 12 });
      }),
    );
  });

  it('wraps around in both directions without changing its other parts', () => {
    const rounds = { year: 100, month: 12, hour: 24, minute: 60 } as const;
    fc.assert(
      fc.property(time, fc.constantFrom(1 as const, -1 as const), (from, by) => {
        for (const [what, count] of Object.entries(rounds) as [keyof typeof rounds, number][]) {
          const before = { ...from, day: Math.min(from.day, 28) };
          let at = before;
          const seen = new Set<number>();
          for (let turn = 0; turn < count; turn++) {
            seen.add(at[what]);
            const next = stepped(at, what, by);
            assert.deepEqual({ ...next, [what]: 0 }, { ...at, [what]: 0 });
            assert.deepEqual(stepped(next, what, by === 1 ? -1 : 1), at);
            at = next;
          }
          assert.deepEqual([at, seen.size], [before, count]);
        }
      }),
    );
  });

  it('has as many days as its month has', () => {
    const january = { year: 2027, month: 1, day: 31, hour: 0, minute: 0 };
    assert.equal(stepped(january, 'month', 1).day, 28);
    assert.equal(stepped({ ...january, year: 2028 }, 'month', 1).day, 29);
    assert.equal(stepped({ ...january, month: 3 }, 'month', 1).day, 30);
    assert.equal(stepped(january, 'day', 1).day, 1);
    assert.equal(stepped({ ...january, month: 2, day: 1 }, 'day', -1).day, 28);
    assert.equal(stepped({ year: 2028, month: 2, day: 29, hour: 0, minute: 0 }, 'year', 1).day, 28);
  });
});
