import assert from 'node:assert/strict';

import fc from 'fast-check';

import { type Bound, falseMatchRate } from '../../appliance/calibration/calibration.js';
import { decideThreshold, highestRate } from '../../appliance/calibration/threshold.js';

const neither = { score: undefined, falseMatchRate: undefined };

/** 3,000 independent comparisons of strangers: they support 1 in 1,000, and nothing rarer. */
const bounds: readonly Bound[] = [
  { similarity: 0, upper95: 1 },
  { similarity: 0.35, upper95: 0.03 },
  { similarity: 0.45, upper95: 0.004 },
  { similarity: 0.6, upper95: 0.000999 },
];

describe('the decision threshold', () => {
  it('is the lowest score whose bound is within the requested rate', () => {
    const at = (rate: number) => decideThreshold({ ...neither, falseMatchRate: rate }, 0.5, bounds);
    assert.deepEqual(at(0.02), { ok: true, value: 0.45 });
    assert.deepEqual(at(0.004), { ok: true, value: 0.45 });
    assert.deepEqual(at(0.0039), { ok: true, value: 0.6 });
    assert.deepEqual(at(0.001), { ok: true, value: 0.6 });
    assert.deepEqual(at(0.0001), { ok: false, error: 'threshold-unsupported' });
  });

  it("is the requested score, or the model's own, if the calibration covers it", () => {
    const at = (score: number | undefined, advised = 0.45) =>
      decideThreshold({ ...neither, score }, advised, bounds);
    assert.deepEqual(at(0.5), { ok: true, value: 0.5 });
    assert.deepEqual(at(undefined), { ok: true, value: 0.45 });
    assert.deepEqual(at(0.3), { ok: false, error: 'threshold-unsupported' });
    assert.deepEqual(at(0.01), { ok: false, error: 'threshold-unsupported' });
    assert.deepEqual(at(undefined, 0.3499), { ok: false, error: 'threshold-unsupported' });
  });

  it('never allows a higher false match rate than requested', () => {
    // Few values, so that rates and bounds often lie close together.
    const rate = fc.integer({ min: 1, max: highestRate * 1e4 }).map((each) => each / 1e4);
    const bound = fc.integer({ min: 0, max: 2 * highestRate * 1e4 }).map((each) => each / 1e4);
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    const calibrated = fc.array(fc.tuple(score, bound), { maxLength: 20 }).map((pairs) => {
      const rates = pairs.map(([, upper95]) => upper95).toSorted((one, other) => other - one);
      const scores = [...new Set(pairs.map(([similarity]) => similarity))].toSorted(
        (one, other) => one - other,
      );
      return scores.map((similarity, i) => ({ similarity, upper95: rates[i] }));
    });
    fc.assert(
      fc.property(calibrated, rate, score, (bounds, rate, score) => {
        const byRate = decideThreshold({ ...neither, falseMatchRate: rate }, score, bounds);
        if (byRate.ok) assert.ok(falseMatchRate(bounds, byRate.value) <= rate);
        const byScore = decideThreshold({ ...neither, score }, 1, bounds);
        if (byScore.ok) assert.ok(falseMatchRate(bounds, byScore.value) <= highestRate);
      }),
    );
  });
});
