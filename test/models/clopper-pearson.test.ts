import assert from 'node:assert/strict';

import fc from 'fast-check';

import { interval, upperBound } from '../../models/clopper-pearson.js';

describe('the upper bound of a share', () => {
  it('is the share at which so few events occur once in twenty trials', () => {
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

  it('is 1 - 0.05^(1/n) if there was no event', () => {
    for (const trials of [1, 20, 1552]) {
      assert.ok(Math.abs(upperBound(0, trials) - (1 - 0.05 ** (1 / trials))) < 1e-12);
    }
  });

  it('is accurate for many events, which are summed from the last one down', () => {
    // 1,000 events are summed upward from zero, 1,001 downward from the last: the bounds must not jump in between.
    const [before, at, after] = [999, 1000, 1001].map((events) => upperBound(events, 20_000));
    assert.ok(Math.abs(after - at - (at - before)) < 1e-8);
    // For a million the second-order normal approximation (Hall 1982) is accurate to seven places.
    const [events, trials, z] = [880_000, 87_500_000, 1.6448536269514722];
    const share = events / trials;
    const skew = ((1 - 2 * share) * z ** 2) / 3 + (2 - share) / 3;
    const expected = share + z * Math.sqrt((share * (1 - share)) / trials) + skew / trials;
    assert.ok(Math.abs(upperBound(events, trials) - expected) < 1e-8);
  });

  it('is 1 if there were only events', () => {
    assert.equal(upperBound(7, 7), 1);
  });
});

describe('the interval of a share', () => {
  it('agrees with published values', () => {
    // R 4: binom.test(x, n)$conf.int, to six places.
    const published = [
      [0, 10, 0, 0.308497],
      [1, 10, 0.002529, 0.445016],
      [5, 10, 0.187086, 0.812914],
      [10, 10, 0.691503, 1],
      [4, 100, 0.01100449, 0.09925716],
    ] as const;
    for (const [events, trials, low, high] of published) {
      const found = interval(events, trials);
      assert.ok(
        Math.abs(found.low - low) < 1e-6 && Math.abs(found.high - high) < 1e-6,
        JSON.stringify(found),
      );
    }
  });

  it('contains the observed share', () => {
    const seen = fc
      .integer({ min: 1, max: 5000 })
      .chain((trials) => fc.tuple(fc.nat(trials), fc.constant(trials)));
    fc.assert(
      fc.property(seen, ([events, trials]) => {
        const { low, high } = interval(events, trials);
        assert.ok(0 <= low && low <= events / trials && events / trials <= high && high <= 1);
      }),
    );
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
