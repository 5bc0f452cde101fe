import assert from 'node:assert/strict';

import fc from 'fast-check';

import { numberAfter } from '../../appliance/record/number.js';

describe('the record number', () => {
  it('begins at 0001 and counts on within a year', () => {
    assert.equal(numberAfter(undefined, '2026-03-04'), '2026-0001');
    assert.equal(numberAfter('2026-0416', '2026-03-04'), '2026-0417');
  });

  it('begins again with a new year, and goes on past four digits within one', () => {
    assert.equal(numberAfter('2026-0417', '2027-01-04'), '2027-0001');
    assert.equal(numberAfter('2026-9999', '2026-12-28'), '2026-10000');
    assert.equal(numberAfter('2026-10000', '2026-12-28'), '2026-10001');
  });

  it('goes on in the last year while the clock stands in an earlier one', () => {
    assert.equal(numberAfter('2026-0417', '1970-01-01'), '2026-0418');
  });

  it('is never given twice and never falls, wherever the clock jumps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1970, max: 2100 }), { minLength: 1, maxLength: 50 }),
        (years) => {
          let last: string | undefined;
          let sum = 0;
          for (const year of years) {
            last = numberAfter(last, `${year}-06-01`);
            const [of, running] = last.split('-').map(Number);
            const next = of * 1e9 + running;
            assert.ok(next > sum, last);
            sum = next;
          }
        },
      ),
    );
  });
});
