import assert from 'node:assert/strict';

import { type CalibratedStratum, calibration } from '../../appliance/calibration/calibration.js';
import { fewOfCounterGroup, hardestStrangers } from '../../appliance/calibration/hardest.js';

const stratum = (lowest: number, groups: Record<string, number> = {}): CalibratedStratum => ({
  people: 60,
  groups,
  comparisons: 1000,
  independent: 30,
  points: [
    { similarity: 0, falseMatches: 1000, upper95: 1 },
    { similarity: 0.5, falseMatches: 0, upper95: lowest },
  ],
});

const among = (strata: object) => hardestStrangers(calibration.parse({ data: 'made up', strata })).among;

describe('the hardest strangers that a calibration supports', () => {
  it('are the last stratum that has a threshold which one in five at most may reach', () => {
    const [much, little] = [stratum(0.1), stratum(0.21)];
    assert.equal(among({ any: much, sameGender: much, alike: much }), 'alike');
    assert.equal(among({ any: much, sameGender: stratum(0.2), alike: little }), 'sameGender');
    assert.equal(among({ any: much, sameGender: little, alike: little }), 'any');
    assert.equal(among({ any: much }), 'any');
    assert.equal(among({ any: little }), 'any');
  });

  it('are too few of the counter’s own group below thirty, and where nobody says', () => {
    assert.ok(!fewOfCounterGroup(stratum(0.1, { east_asian: 30, white: 3 })));
    assert.ok(fewOfCounterGroup(stratum(0.1, { east_asian: 29, white: 300 })));
    assert.ok(fewOfCounterGroup(stratum(0.1)));
  });
});
