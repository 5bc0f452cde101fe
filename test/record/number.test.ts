import assert from 'node:assert/strict';

import fc from 'fast-check';

import { nextNumber, type Serials, withNumber } from '../../appliance/record/number.js';

/** The numbers of records that are made in these years, in order. */
function numbersIn(years: readonly (string | number)[]): string[] {
  let serials: Serials = new Map();
  return years.map((year) => {
    const number = nextNumber(serials, String(year));
    serials = withNumber(serials, number);
    return number;
  });
}

describe('the record number', () => {
  it('begins at 0001 and counts on within a year', () => {
    assert.deepEqual(numbersIn([2026, 2026]), ['2026-0001', '2026-0002']);
  });

  it('starts again in a new year, and may exceed four digits', () => {
    assert.deepEqual(numbersIn([2026, 2026, 2027]).at(-1), '2027-0001');
    assert.equal(nextNumber(new Map([['2026', 9999]]), '2026'), '2026-10000');
    assert.equal(nextNumber(withNumber(new Map(), '2026-10000'), '2026'), '2026-10001');
  });

  it('continues in the true year after a wrong one, and in that year when it comes', () => {
    const years = [2026, 2026, 2099, 2099, 2026, 2027, 2099];
    const numbers = [
      '2026-0001',
      '2026-0002',
      '2099-0001',
      '2099-0002',
      '2026-0003',
      '2027-0001',
      '2099-0003',
    ];
    assert.deepEqual(numbersIn(years), numbers);
  });

  it('is unique and leaves no gap, wherever the clock jumps', () => {
    const anyYears = fc.array(fc.integer({ min: 1970, max: 2100 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(anyYears, (years) => {
        const numbers = numbersIn(years);
        const counted = years.map((year, at) => [
          year,
          years.slice(0, at + 1).filter((each) => each === year).length,
        ]);
        assert.deepEqual(
          numbers.map((number) => number.split('-').map(Number)),
          counted,
        );
      }),
    );
  });
});
