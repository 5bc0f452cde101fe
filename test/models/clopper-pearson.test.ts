import assert from 'node:assert/strict';

import fc from 'fast-check';

import { upperBound } from '../../models/clopper-pearson.js';

describe('the upper bound of a share', () => {
  it('is where so few events are seen once in twenty times', () => {
    const seen = fc
      .integer({ min: 1, max: 3000 })
      .chain((trials) =>
        fc.tuple(fc.integer({ min: 0, max: Math.min(trials - 1, 60) }), fc.constant(trials)),
      );
    fc.assert(
      fc.property(seen, ([events, trials]) => {
        assert.ok(Math.abs(atMost(events, trials, upperBound(events, trials)) - 0.05) < 1e-9);
      }),
    );
  });

  it('is 1 - 0.05^(1/n) where nothing was seen', () => {
    for (const trials of [1, 20, 1552]) {
      assert.ok(Math.abs(upperBound(0, trials) - (1 - 0.05 ** (1 / trials))) < 1e-12);
    }
  });

  it('is 1 where nothing else was seen', () => {
    assert.equal(upperBound(7, 7), 1);
  });
});

/** The binomial sum, term by term from products of ratios instead of logarithms. */
function atMost(events: number, trials: number, share: number): number {
  return Array.from({ length: events + 1 }, (_, count) => {
    let probability = 1;
    let misses = trials - count;
    for (let i = 0; i < count; i++) {
      probability *= ((trials - i) / (count - i)) * share;
      // Misses are multiplied in along the way, so that the product neither overflows nor vanishes.
      for (; misses > 0 && probability > 1; misses--) probability *= 1 - share;
    }
    return probability * (1 - share) ** misses;
  }).reduce((sum, probability) => sum + probability, 0);
}
