import assert from 'node:assert/strict';

import fc from 'fast-check';

import { recogniserName } from '../../appliance/protocol/vault.js';
import { upperBound } from '../../models/clopper-pearson.js';
import { boundByPersons, disjointPairs } from '../../models/evaluate/bound-by-persons.js';
import { parseContenders } from '../../models/evaluate/contenders.js';
import { preferences } from '../../models/evaluate/preference.js';
import { SampledPairs } from '../../models/evaluate/sampled.js';
import { StratifiedScores } from '../../models/evaluate/stratified-scores.js';
import { stratify } from '../../models/evaluate/stratification.js';
import { stratumFigures } from '../../models/evaluate/stratum-figures.js';
import type { ExperimentOptions } from '../../models/experiment/experiment.js';
import type { Traits } from '../../models/experiment/strata.js';
import { binOf } from '../../models/experiment/tally.js';
import { seededRandom } from '../../models/random.js';

const person = (gender: string, ethnicity: string, age = 30): Traits => ({ age, gender, ethnicity });
const still = new AbortController().signal;
const unseen = (): void => undefined;

const unknown: Traits = { age: undefined, gender: undefined, ethnicity: undefined };

/** Two alike women, one older; two men of different groups. */
const five = [
  person('female', 'east_asian', 30),
  person('female', 'east_asian', 33),
  person('female', 'east_asian', 60),
  person('male', 'white', 30),
  person('male', 'black', 30),
];

function figuresOf(
  traits: readonly Traits[],
  score: (one: number, other: number) => number,
  threshold = 0.5,
) {
  const units = traits.map((_, i) => i);
  const scores = new StratifiedScores(stratify(traits), units, seededRandom(1));
  for (const one of units) {
    for (const other of units.slice(one)) scores.add(one, other, score(one, other));
  }
  return stratumFigures(scores.strata, threshold, units.length, still, unseen);
}

describe('the strata of a set of persons', () => {
  it('are those with two persons, the easiest first, then the groups of one gender', () => {
    assert.deepEqual(stratify(five).names, [
      { stratum: 'any', group: null },
      { stratum: 'sameGender', group: null },
      { stratum: 'alike', group: null },
      { stratum: 'group', group: 'east_asian' },
    ]);
    assert.deepEqual(stratify(five).between(0, 1), [0, 1, 2, 3]);
    assert.deepEqual(stratify(five).between(0, 2), [0, 1, 3]);
    assert.deepEqual(stratify(five).between(3, 4), [0, 1]);
    assert.deepEqual(stratify(five).between(0, 3), [0]);
  });

  it('count a person where that person has a stranger', () => {
    assert.deepEqual(
      stratify(five).of.map((places) => [...places].toSorted()),
      [
        [0, 1, 2, 3],
        [0, 1, 2, 3],
        [0, 1, 3],
        [0, 1],
        [0, 1],
      ],
    );
  });
});

describe('the figures of a stratum', () => {
  it('are those counted by hand', async () => {
    // Any two: 0.2 but 0.6 for the alike women, 0.4 for the two of them with the older one; everybody is 0.9 like themselves.
    const score = (one: number, other: number) =>
      one === other ? 0.9 : other > 2 ? 0.2 : other === 2 ? 0.4 : 0.6;
    const [any, sameGender, alike, eastAsian] = (await figuresOf(five, score)).map(({ figures }) => figures);
    const counts = [any, sameGender, alike, eastAsian].map((of) => [of.persons, of.impostor, of.genuine]);
    assert.deepEqual(counts, [
      [5, 10, 5],
      [5, 4, 5],
      [2, 1, 2],
      [3, 3, 3],
    ]);
    assert.deepEqual([any.fmr, sameGender.fmr, alike.fmr, eastAsian.fmr], [1 / 10, 1 / 4, 1, 1 / 3]);
    assert.deepEqual([any.fnmr, any.eer, any.fmrAtFnmr], [0, 0, 0]);
    // Any two: mean (7 × 0.2 + 2 × 0.4 + 0.6) / 10 = 0.28, variance (7 × 0.0064 + 2 × 0.0144 + 0.1024) / 10 = 0.0176.
    assert.equal(any.shift, 0);
    assert(Math.abs(alike.shift! - 0.32 / Math.sqrt(0.0176)) < 1e-9, String(alike.shift));
    assert(Math.abs(eastAsian.shift! - (1.4 / 3 - 0.28) / Math.sqrt(0.0176)) < 1e-9);
    // d′: the genuine scores do not vary.
    assert(Math.abs(any.decidability! - 0.62 / Math.sqrt(0.0088)) < 1e-9, String(any.decidability));
  });

  it('have no FNMR, EER and d′ where nobody was compared with themselves', async () => {
    const traits = five.slice(0, 2);
    const scores = new StratifiedScores(stratify(traits), [0, 1], seededRandom(1));
    scores.add(0, 1, 0.3);
    const [{ figures }] = await stratumFigures(scores.strata, 0.5, 2, still, unseen);
    const { fmr, fnmr, eer, decidability, fmrAtFnmr } = figures;
    assert.deepEqual({ fmr, fnmr, eer, decidability, fmrAtFnmr }, { ...allNull, fmr: 0 });
  });

  it('end when they are cancelled', async () => {
    const scores = new StratifiedScores(stratify(five), [0, 1, 2, 3, 4], seededRandom(1));
    scores.add(0, 1, 0.3);
    await assert.rejects(stratumFigures(scores.strata, 0.5, 5, AbortSignal.abort(), unseen));
  });
});

const allNull = { fnmr: null, eer: null, decidability: null, fmrAtFnmr: null };

describe('the bound of the false match rate by persons', () => {
  const pairsOf = (pairs: readonly (readonly [number, number, number])[]): SampledPairs => {
    const sampled = new SampledPairs(1e6, seededRandom(1));
    for (const [one, other, score] of pairs) sampled.add(one, other, binOf(score));
    return sampled;
  };

  it('takes pairs that share nobody, the highest first', () => {
    const pairs = pairsOf([
      [0, 1, 0.3],
      [1, 2, 0.5],
      [2, 3, 0.4],
      [0, 3, 0.1],
      [4, 5, 0.2],
    ]);
    assert.deepEqual(disjointPairs(pairs).bins, [0.5, 0.2, 0.1].map(binOf));
  });

  it('is that of as many trials where there was no false match, however many pairs the persons make', async () => {
    // Ten persons in 45 pairs, without any score near the threshold: five disjoint pairs, of which none matched.
    const ten = Array.from({ length: 10 }, () => person('male', 'white'));
    const [{ figures }] = await figuresOf(ten, (one, other) => (one === other ? 0.9 : 0.1), 0.8);
    // Clopper and Pearson by hand: 1 − 0.05^(1/5).
    assert(Math.abs(figures.fmrBound - (1 - 0.05 ** 0.2)) < 1e-9, String(figures.fmrBound));
  });

  it('never falls below the rate seen of disjoint pairs, and never rises with the threshold', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 1, noNaN: true }), (each, threshold) => {
        const disjoint = disjointPairs(pairsOf(each.map((score, i) => [2 * i, 2 * i + 1, score])));
        const bound = (at: number): number => boundByPersons(disjoint, binOf(at), []);
        const matches = each.filter((score) => binOf(score) >= binOf(threshold)).length;
        assert.equal(bound(threshold), upperBound(matches, each.length));
        assert(bound(threshold) >= bound(Math.min(1, threshold + 0.1)));
      }),
    );
  });

  it('covers the true rate of persons, some of whom resemble many', async () => {
    // Each person has a trait in [0, 1); two match if their sum exceeds 1.9: the true rate is 0.1² / 2 = 0.5 %.
    const truth = 0.005;
    let held = 0;
    let widest = 0;
    for (let trial = 0; trial < 20; trial++) {
      const { uniform } = seededRandom(500 + trial);
      const trait = Array.from({ length: 100 }, uniform);
      const traits = trait.map(() => unknown);
      const score = (one: number, other: number) => (one === other ? 0.99 : (trait[one] + trait[other]) / 2);
      const [{ figures }] = await figuresOf(traits, score, 0.95);
      if (figures.fmrBound >= truth) held += 1;
      widest = Math.max(widest, figures.fmrBound);
    }
    // 95 % of 20 are 19; 17 leaves room for chance. Above a tenth it would say nothing.
    assert(held >= 17 && widest < 0.1, `${held} of 20, at most ${widest}`);
  });
});

describe('the preference between two recognisers', () => {
  it('is sure if one separates every pair better, and none if they are the same', async () => {
    const { normal } = seededRandom(3);
    const twenty = Array.from({ length: 20 }, (_, i) => person(i % 2 ? 'male' : 'female', 'white'));
    const noise = twenty.map(() => twenty.map(() => 0.02 * normal()));
    const measuredWith = (shift: number) =>
      figuresOf(twenty, (one, other) =>
        one === other
          ? 0.8 + noise[one][other]
          : 0.3 + noise[one][other] + (one % 2 === other % 2 ? shift : 0),
      );
    const [shifted, level] = [await measuredWith(0.1), await measuredWith(0)];
    const [any, sameGender] = preferences(shifted, level);
    assert.deepEqual(any, { stratum: 'any', group: null, decidability: 1, shift: null });
    assert.deepEqual(sameGender, { stratum: 'sameGender', group: null, decidability: 1, shift: 1 });
    assert.equal(preferences(level, level)[1].decidability, 0);
  });
});

describe('what --compare names', () => {
  const first: ExperimentOptions = {
    models: { manifest: 'm', models: 'n', recogniser: undefined, pack: undefined, calibration: undefined },
    folder: 'f',
    appearance: { documentAs: 'picture', probeAs: 'picture', fuse: 1 },
  };

  it('is a second recogniser, pack or calibration, on the same pictures', () => {
    for (const [compare, named] of [
      ['recogniser=mobilefacenet', { recogniser: 'mobilefacenet' }],
      ['pack=/a/pack', { pack: '/a/pack' }],
      ['calibration=/a=b.json', { calibration: '/a=b.json', manifest: 'm' }],
    ] as const) {
      const parsed = parseContenders(first, compare);
      assert(parsed.ok);
      const [one, { models, folder, appearance }] = parsed.value;
      assert.deepEqual([one, folder, appearance], [first, first.folder, first.appearance]);
      assert.deepEqual({ ...models, ...named }, models);
    }
  });

  it('is refused in any other form, and if it is the first again', () => {
    for (const compare of [
      'mobilefacenet',
      'recogniser=',
      'recogniser=nobody',
      'pack=',
      'model=x',
      '=x',
      '',
    ]) {
      const parsed = parseContenders(first, compare);
      assert(!parsed.ok && parsed.error.includes('pack=FOLDER'), compare);
    }
    const same = parseContenders(first, `recogniser=${recogniserName.options[0]}`);
    assert(!same.ok && same.error.includes('the same as the first'));
  });
});
