import assert from 'node:assert/strict';

import fc from 'fast-check';

import { ofTries } from '../../appliance/calibration/of-tries.js';

const rate = fc.double({ min: 0, max: 1, noNaN: true });
const comparisons = fc.integer({ min: 1, max: 9 });

describe('the false match rate of several comparisons', () => {
  it('is that of one for one, and their sum for several, up to certainty', () => {
    // By hand: one stranger in 250, three times; one in two, three times.
    assert.equal(ofTries(0.004, 1), 0.004);
    assert.equal(ofTries(0.004, 3), 0.012);
    assert.equal(ofTries(0.5, 3), 1);
  });

  it('is never below the rate of independent comparisons, nor that of comparisons that are all alike', () => {
    fc.assert(
      fc.property(rate, comparisons, (one, times) => {
        const bound = ofTries(one, times);
        // The complement rule, which holds for independent comparisons only.
        assert(bound >= 1 - (1 - one) ** times - 1e-12);
        assert(bound >= one && bound <= 1);
      }),
    );
  });
});
