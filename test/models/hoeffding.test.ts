import assert from 'node:assert/strict';

import fc from 'fast-check';

import { StrangerPairs } from '../../models/calibrate/stranger-pairs.js';
import { upperBound } from '../../models/clopper-pearson.js';
import { upperBoundOfMean } from '../../models/hoeffding.js';
import { seededRandom } from '../../models/random.js';

const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 5e-5, `${actual}`);

describe('the bound by persons', () => {
  it('is what 15, 50 and 150 trials without an event leave possible', () => {
    // 1 − 0.05^(1/n), by hand: 30, 100 and 300 persons.
    near(upperBoundOfMean(0, 15), 0.181);
    near(upperBoundOfMean(0, 50), 0.0582);
    near(upperBoundOfMean(0, 150), 0.0198);
  });

  it('solves n KL(mean, bound) = ln 20', () => {
    // 50 × (0.1 ln(0.1 / 0.2225) + 0.9 ln(0.9 / 0.7775)) = 2.586; at 0.2330: 2.996 = ln 20.
    const bound = upperBoundOfMean(0.1, 50);
    near(50 * (0.1 * Math.log(0.1 / bound) + 0.9 * Math.log(0.9 / (1 - bound))), Math.log(20));
  });

  it('is never below that of Clopper and Pearson, rises with the mean and falls with the persons', () => {
    const trials = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(trials, trials, trials, (n, one, other) => {
        const [few, more] = [Math.min(one, other) % (n + 1), Math.max(one, other) % (n + 1)].toSorted(
          (a, b) => a - b,
        );
        const bound = upperBoundOfMean(few / n, n);
        assert.ok(bound >= upperBound(few, n) - 1e-12);
        assert.ok(bound <= upperBoundOfMean(more / n, n));
        assert.ok(bound >= upperBoundOfMean(few / n, n + 1));
        assert.ok(bound > few / n || bound === 1);
      }),
    );
  });

  it('covers the true rate where a few persons resemble everybody, which counting pairs does not', () => {
    const { uniform } = seededRandom(5);
    const [persons, share, draws] = [40, 0.05, 2000];
    // A pair matches if either of the two resembles everybody.
    const rate = 1 - (1 - share) ** 2;
    const pairs = (persons * (persons - 1)) / 2;
    let [covered, coveredByPairs] = [0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const others = Array.from({ length: persons }, uniform).filter((each) => each >= share).length;
      const matches = pairs - (others * (others - 1)) / 2;
      covered += Number(rate <= upperBoundOfMean(matches / pairs, persons / 2));
      coveredByPairs += Number(rate <= upperBound(matches, pairs));
    }
    assert.ok(covered / draws >= 0.95, `${covered}`);
    assert.ok(coveredByPairs / draws < 0.8, `${coveredByPairs}`);
  });
});

describe('the disjoint pairs of strangers', () => {
  const disjoint = (persons: number, pairs: readonly (readonly [number, number])[]) => {
    const met = new StrangerPairs(persons);
    for (const [one, other] of pairs) met.add(one, other);
    return met.disjoint();
  };

  it('are half of the persons if all were compared, whatever the number of pictures', () => {
    for (let persons = 2; persons < 30; persons++) {
      const all = Array.from({ length: persons }, (_, one) => one).flatMap((one) =>
        Array.from({ length: one }, (_, other) => [one, other] as const),
      );
      assert.equal(disjoint(persons, [...all, ...all]), Math.floor(persons / 2));
    }
  });

  it('are few if most pairs share a person', () => {
    const star = [1, 2, 3, 4, 5].map((other) => [0, other] as const);
    assert.equal(disjoint(6, star), 1);
    assert.equal(disjoint(6, [...star, [1, 2]]), 2);
    // Two in the middle, each with two of their own.
    assert.equal(
      disjoint(6, [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 4],
        [1, 5],
      ]),
      2,
    );
    assert.equal(disjoint(6, []), 0);
  });

  it('never have a person twice, and leave no pair of two who are free', () => {
    const pair = fc.tuple(fc.nat(11), fc.nat(11)).filter(([one, other]) => one !== other);
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1 }), (pairs) => {
        const best = largestMatching(pairs);
        const found = disjoint(12, pairs);
        assert.ok(found <= best && 2 * found >= best);
      }),
    );
  });
});

/** By trying every choice. */
function largestMatching(pairs: readonly (readonly [number, number])[]): number {
  const first = pairs.at(0);
  if (!first) return 0;
  const without = pairs.filter(([one, other]) => one !== first[0] && other !== first[0]);
  const partners = new Set(
    pairs.filter((pair) => pair.includes(first[0])).map(([one, other]) => (one === first[0] ? other : one)),
  );
  const taken = [...partners].map(
    (partner) => 1 + largestMatching(without.filter((pair) => !pair.includes(partner))),
  );
  return Math.max(largestMatching(without), ...taken);
}
