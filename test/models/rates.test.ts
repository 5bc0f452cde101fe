import assert from 'node:assert/strict';

import fc from 'fast-check';

import { bootstrap } from '../../models/evaluate/bootstrap.js';
import { areaUnder, decidability, equalError, ratesOf, thresholdFor } from '../../models/evaluate/rates.js';
import { probit } from '../../models/evaluate/report/probit.js';
import { SampledPairs } from '../../models/evaluate/sampled.js';
import { seededRandom } from '../../models/random.js';
import { lowestSupported, supports } from '../../models/experiment/rule-of-three.js';
import { binOf, bins, emptyTally, scoreOf, type Tally } from '../../models/experiment/tally.js';

function tallyOf(genuine: readonly number[], impostor: readonly number[]): Tally {
  const tally = emptyTally();
  for (const score of genuine) tally.genuine[binOf(score)] += 1;
  for (const score of impostor) tally.impostor[binOf(score)] += 1;
  return tally;
}

/** A score as rounded by the appliance, from few values, so that there are ties. */
const score = fc
  .oneof(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 4990, max: 5010 }))
  .map(scoreOf);
const scores = fc.array(score, { minLength: 1, maxLength: 40 });

describe('the error rates', () => {
  it('are those counted by hand', () => {
    const { fmr, fnmr } = ratesOf(tallyOf([0.4, 0.6, 0.6, 0.9], [0.1, 0.2, 0.3, 0.4, 0.6]));
    const at = (threshold: number) => [fmr[binOf(threshold)], fnmr[binOf(threshold)]];
    assert.deepEqual(at(0), [1, 0]);
    assert.deepEqual(at(0.4), [0.4, 0]);
    assert.deepEqual(at(0.4001), [0.2, 0.25]);
    assert.deepEqual(at(0.6), [0.2, 0.25]);
    assert.deepEqual(at(0.6001), [0, 0.75]);
    assert.deepEqual([fmr[bins], fnmr[bins]], [0, 1]);
  });

  it('are the shares found by counting every pair, at every threshold', () => {
    fc.assert(
      fc.property(scores, scores, score, (genuine, impostor, threshold) => {
        const { fmr, fnmr } = ratesOf(tallyOf(genuine, impostor));
        const bin = binOf(threshold);
        assert.equal(fmr[bin], impostor.filter((one) => one >= threshold).length / impostor.length);
        assert.equal(fnmr[bin], genuine.filter((one) => one < threshold).length / genuine.length);
      }),
    );
  });

  it('are monotonic: a higher threshold never accepts more strangers or rejects fewer persons', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const { fmr, fnmr } = ratesOf(tallyOf(genuine, impostor));
        assert(fmr.every((rate, bin) => bin === 0 || rate <= fmr[bin - 1]));
        assert(fnmr.every((rate, bin) => bin === 0 || rate >= fnmr[bin - 1]));
      }),
      { numRuns: 25 },
    );
  });
});

describe('the area under the ROC curve', () => {
  it('is the Mann–Whitney statistic, found by comparing every couple', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const won = genuine.flatMap((one) =>
          impostor.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)),
        );
        const share = won.reduce<number>((sum, each) => sum + each, 0) / won.length;
        assert(Math.abs(areaUnder(tallyOf(genuine, impostor)) - share) < 1e-12);
      }),
    );
  });

  it('is one minus itself if the two kinds are swapped', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const there = areaUnder(tallyOf(genuine, impostor));
        assert(Math.abs(there + areaUnder(tallyOf(impostor, genuine)) - 1) < 1e-12);
      }),
    );
  });
});

describe('the decidability', () => {
  it('is the distance of the means divided by the mean spread', () => {
    // Means 0.7 and 0.3; variances 0.01 and 0.03, of which the mean is 0.02.
    const spread = Math.sqrt(0.03);
    const tally = tallyOf([0.6, 0.8], [0.3 - spread, 0.3 + spread]);
    assert(Math.abs(decidability(tally) - 0.4 / Math.sqrt(0.02)) < 1e-3);
  });
});

describe('the equal error rate', () => {
  it('is zero if every genuine pair scores higher, with its threshold in the middle of the gap', () => {
    assert.deepEqual(equalError(ratesOf(tallyOf([0.7, 0.9], [0.1, 0.3]))), { rate: 0, threshold: 0.5001 });
  });

  it('is one half if the scores alternate, and one if they are reversed', () => {
    assert.equal(equalError(ratesOf(tallyOf([0.6, 0.8], [0.3, 0.7]))).rate, 0.5);
    assert.equal(equalError(ratesOf(tallyOf([0.1], [0.9]))).rate, 1);
  });

  it('is interpolated where FMR and FNMR cross in a jump', () => {
    // Just above 0.5 the FMR falls from 1/2 to 0 and the FNMR rises from 0 to 1: they cross at 1/3.
    assert(Math.abs(equalError(ratesOf(tallyOf([0.5], [0.5, 0.1]))).rate - 1 / 3) < 1e-12);
  });

  it('is that of two normal distributions: Φ(-d′/2)', () => {
    const { normal } = seededRandom(7);
    const spread = (mean: number) =>
      Array.from({ length: 100_000 }, () => Math.min(1, Math.max(0, mean + normal() * 0.1)));
    const { rate, threshold } = equalError(ratesOf(tallyOf(spread(0.6), spread(0.4))));
    assert(Math.abs(rate - 0.158655) < 0.003, String(rate));
    assert(Math.abs(threshold - 0.5) < 0.003, String(threshold));
  });

  it('lies between the rates on both sides of its threshold', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const rates = ratesOf(tallyOf(genuine, impostor));
        const { rate, threshold } = equalError(rates);
        const bin = binOf(threshold);
        assert(rate <= Math.max(rates.fmr[Math.max(0, bin - 1)], rates.fnmr[bin]) + 1e-12);
        assert(rate >= Math.min(rates.fmr[bin], rates.fnmr[bin]) - 1e-12);
      }),
    );
  });
});

describe('the threshold for a false match rate', () => {
  it('is the lowest at which the rate is not exceeded', () => {
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0, max: 1, noNaN: true }), (genuine, impostor, wanted) => {
        const rates = ratesOf(tallyOf(genuine, impostor));
        const bin = thresholdFor(rates, wanted);
        if (bin === undefined) {
          assert(impostor.filter((one) => one === 1).length / impostor.length > wanted);
          return;
        }
        assert(rates.fmr[bin] <= wanted);
        assert(bin === 0 || rates.fmr[bin - 1] > wanted);
      }),
    );
  });

  it('may reach the rate exactly, and is missing if a stranger scores 1', () => {
    const rates = ratesOf(tallyOf([0.9], [0.1, 0.2, 0.3, 0.4, 0.6]));
    assert.equal(thresholdFor(rates, 0.2), binOf(0.4001));
    assert.equal(thresholdFor(rates, 0), binOf(0.6001));
    assert.equal(thresholdFor(ratesOf(tallyOf([0.9], [1, 0.2])), 0.1), undefined);
  });

  it('is supported by three comparisons for each permitted false match', () => {
    assert(supports(300, 0.01) && !supports(299, 0.01));
    assert(supports(3000, 0.001) && !supports(2999, 0.001));
    assert(supports(30_000, 0.0001) && !supports(29_999, 0.0001));
    assert.equal(lowestSupported(1552), 3 / 1552);
  });
});

describe('resampling', () => {
  it('covers the true rate about as often as it claims, if pairs are independent', async () => {
    const truth = 0.158655;
    let held = 0;
    for (let trial = 0; trial < 20; trial++) {
      const random = seededRandom(100 + trial);
      const [genuine, impostor] = [new SampledPairs(1e6, random), new SampledPairs(1e6, random)];
      for (let pair = 0; pair < 400; pair++) {
        genuine.add(2 * pair, 2 * pair, clampedBin(0.6 + random.normal() * 0.1));
        impostor.add(2 * pair + 1, 2 * pair + 1, clampedBin(0.4 + random.normal() * 0.1));
      }
      const { eer } = await resample(genuine, impostor, 800);
      if (eer.low <= truth && truth <= eer.high) held += 1;
    }
    assert(held >= 16, `${held} of 20`);
  });

  it('draws persons, not pairs: more pairs of the same persons do not narrow the interval', async () => {
    const width = async (pairsEach: number) => {
      const random = seededRandom(5);
      const [genuine, impostor] = [new SampledPairs(1e6, random), new SampledPairs(1e6, random)];
      for (let person = 0; person < 20; person++) {
        const own = random.uniform() < 0.3 ? 0.2 : 0.8;
        for (let pair = 0; pair < pairsEach; pair++) genuine.add(person, person, binOf(own));
        for (let other = 0; other < person; other++) impostor.add(person, other, binOf(0.4));
      }
      const { eer } = await resample(genuine, impostor, 20);
      return eer.high - eer.low;
    };
    const [few, many] = [await width(1), await width(50)];
    assert(few > 0.1 && Math.abs(few - many) < 1e-9, `${few} ${many}`);
  });

  it('ends when it is cancelled', async () => {
    const random = seededRandom(1);
    const [genuine, impostor] = [new SampledPairs(10, random), new SampledPairs(10, random)];
    genuine.add(0, 0, 1);
    impostor.add(0, 1, 0);
    await assert.rejects(bootstrap({ genuine, impostor, persons: 2 }, AbortSignal.abort()));
  });

  it('keeps a uniform sample of more pairs than it has room for', () => {
    const sample = new SampledPairs(5000, seededRandom(9));
    for (let pair = 0; pair < 50_000; pair++) sample.add(0, 0, pair < 10_000 ? 1 : 2);
    const counts = new Float64Array(bins);
    sample.countInto(counts, Uint32Array.of(1));
    assert.equal(counts[1] + counts[2], 5000);
    // A fifth of them, to within five standard deviations.
    assert(Math.abs(counts[1] - 1000) < 5 * Math.sqrt(5000 * 0.2 * 0.8), String(counts[1]));
  });

  it('counts a pair as often as both of its persons were drawn', () => {
    const sample = new SampledPairs(10, seededRandom(1));
    sample.add(0, 0, 3);
    sample.add(0, 1, 5);
    const counts = new Float64Array(bins);
    sample.countInto(counts, Uint32Array.of(2, 3));
    assert.deepEqual([counts[3], counts[5]], [2, 6]);
  });
});

describe('the axes of the DET curve', () => {
  it('are normal deviates', () => {
    for (const [share, deviate] of [
      [0.5, 0],
      [0.025, -1.959964],
      [0.975, 1.959964],
      [0.0001, -3.719016],
    ]) {
      assert(Math.abs(probit(share) - deviate) < 4.5e-4);
    }
  });
});

function resample(genuine: SampledPairs, impostor: SampledPairs, persons: number) {
  return bootstrap({ genuine, impostor, persons }, new AbortController().signal, undefined, 200);
}

function clampedBin(score: number): number {
  return binOf(Math.min(1, Math.max(0, score)));
}
