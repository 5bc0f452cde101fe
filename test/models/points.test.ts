import assert from 'node:assert/strict';

import fc from 'fast-check';

import {
  type CalibratedStratum,
  calibration,
  calibrationFile,
  falseMatchRate,
} from '../../appliance/calibration/calibration.js';
import { adviseThreshold } from '../../models/calibrate/advice.js';
import { pointsOf } from '../../models/calibrate/points.js';
import { dataWords, inWords } from '../../models/calibrate/words.js';
import { upperBoundOfMean } from '../../models/hoeffding.js';
import { bins, scoreOf } from '../../models/experiment/tally.js';

const tally = (scores: readonly number[]): Float64Array => {
  const counts = new Float64Array(bins);
  for (const bin of scores) counts[bin] += 1;
  return counts;
};

const stratum = (scores: readonly number[], persons: number, groups = {}): CalibratedStratum => {
  const independent = Math.floor(persons / 2);
  const points = pointsOf(tally(scores), independent);
  return { people: persons, groups, comparisons: scores.length, independent, points };
};

/** Scores of 298 pairs who resemble each other in nothing. */
const blank = new Array<number>(298).fill(0);

const fits = (any: CalibratedStratum) => calibration.safeParse({ data: 'test', strata: { any } }).success;

const file = (strata: object) =>
  calibrationFile.parse({
    version: 2,
    model: '0'.repeat(64),
    date: '2026-01-31',
    data: 'test',
    pictures: 8,
    strata,
  });

describe('the points of a calibration', () => {
  it('fit the schema whatever the scores, and count every one of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: bins - 1 }), { minLength: 1, maxLength: 300 }),
        (scores) => {
          const made = stratum(scores, 2);
          assert(fits(made));
          for (const { similarity, falseMatches, upper95 } of made.points) {
            assert.equal(falseMatches, scores.filter((bin) => scoreOf(bin) >= similarity).length);
            assert.equal(upper95, upperBoundOfMean(falseMatches / scores.length, 1));
          }
        },
      ),
    );
  });

  it('never promise a rate below the observed share, at any similarity', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 1000 }),
        (scores, independent) => {
          const points = pointsOf(tally(scores), independent);
          for (let score = 0; score <= 1; score += 0.007) {
            const seen = scores.filter((bin) => scoreOf(bin) >= score).length / scores.length;
            assert(falseMatchRate(points, score) >= seen);
          }
        },
      ),
    );
  });

  it('never come near zero for few persons, however many comparisons there are', () => {
    const points = pointsOf(tally(Array.from({ length: 100_000 }, () => 0)), 15);
    assert(points.at(-1)!.upper95 > 0.18);
  });

  it('end at the first similarity that no stranger reaches', () => {
    const points = pointsOf(tally([0, 1000, 4512]), 3);
    assert.deepEqual(
      points.map(({ similarity, falseMatches }) => [similarity, falseMatches]),
      [
        [0, 3],
        [0.01, 2],
        [0.11, 1],
        [0.46, 0],
      ],
    );
  });

  it('are at most a hundred', () => {
    const points = pointsOf(new Float64Array(bins).fill(1), 100);
    assert.equal(points.length, 100);
    assert(fits({ people: 200, groups: {}, comparisons: bins, independent: 100, points }));
  });

  it('are found quickly even for the 87 million pairs of LFW', () => {
    const points = pointsOf(
      new Float64Array(bins).map((_, bin) => (bin < 2500 ? 35_000 : 0)),
      2874,
    );
    assert(fits({ people: 5749, groups: {}, comparisons: 87_500_000, independent: 2874, points }));
  });
});

describe('the threshold advised', () => {
  it('is the lowest whose bound is one in a hundred', () => {
    const points = [
      { similarity: 0, upper95: 1 },
      { similarity: 0.4, upper95: 0.011 },
      { similarity: 0.5, upper95: 0.0099 },
      { similarity: 0.6, upper95: 0.001 },
    ];
    assert.deepEqual(adviseThreshold(points), { threshold: 0.5, upper95: 0.0099, supported: true });
  });

  it('is the lowest with the nearest bound where none is so low, and says so', () => {
    const points = [
      { similarity: 0, upper95: 1 },
      { similarity: 0.4, upper95: 0.11 },
      { similarity: 0.5, upper95: 0.11 },
    ];
    assert.deepEqual(adviseThreshold(points), { threshold: 0.4, upper95: 0.11, supported: false });
  });
});

describe('the description of a calibration', () => {
  it('states its limits, and is short enough for the file', () => {
    const words = dataWords({
      people: 5749,
      pictures: 13_233,
      comparisons: 87_306_360,
      appearance: { documentAs: 'print-scan', probeAs: 'picture', fuse: 1 },
    });
    assert(words.length <= 1000);
    assert.match(words, /独立でない/);
    assert.match(words, /not independent/);
    assert.match(words, /simulated/);
  });

  it('tells of each stratum what its persons support, and which threshold follows', () => {
    const any = stratum([...blank, 1000, 4512], 100, { east_asian: 30 });
    const said = inWords(file({ any, sameGender: any, alike: stratum(blank, 20) }));
    // 1 − 0.05^(1/50) = 0.0582 and 1 − 0.05^(1/10) = 0.2589, rounded up.
    assert.match(said, /any strangers\n.*persons 100, comparisons 300, worth 50\n.*down to 5\.9 %/);
    assert.match(said, /about the same age\n.*persons 20.*worth 10\n.*down to 26 %/);
    assert.match(said, /advised: 0\.46\n.*1 % is not supported: the nearest is 5\.9 % among .*same gender/);
    assert.doesNotMatch(said, /fewer than 30/);
  });

  it('says what it cannot tell without what the persons say of themselves', () => {
    const said = inWords(file({ any: stratum(blank, 100) }));
    assert.match(said, /性別が同じ別人[^]*言えません。--people/);
    assert.match(said, /same gender\n.*\n.*not told: give a table of the persons \(--people\)/);
    assert.match(said, /fewer than 30 persons are east_asian/);
  });
});
