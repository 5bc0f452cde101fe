import assert from 'node:assert/strict';

import fc from 'fast-check';

import { calibration, calibrationFile, falseMatchRate } from '../../appliance/calibration/calibration.js';
import { pointsOf } from '../../models/calibrate/points.js';
import { dataWords, inWords } from '../../models/calibrate/words.js';
import { upperBound } from '../../models/clopper-pearson.js';
import { bins, scoreOf } from '../../models/experiment/tally.js';

const tally = (scores: readonly number[]): Float64Array => {
  const counts = new Float64Array(bins);
  for (const bin of scores) counts[bin] += 1;
  return counts;
};

const file = (impostor: Float64Array, people: number) =>
  calibrationFile.parse({
    version: 1,
    model: '0'.repeat(64),
    date: '2026-01-31',
    data: 'test',
    people,
    pictures: people,
    points: pointsOf(impostor),
  });

describe('the points of a calibration', () => {
  it('fit the schema whatever the scores, and count every one of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: bins - 1 }), { minLength: 1, maxLength: 300 }),
        (scores) => {
          const points = pointsOf(tally(scores));
          assert(calibration.safeParse({ data: 'test', people: 2, points }).success);
          for (const { similarity, falseMatches, comparisons, upper95 } of points) {
            assert.equal(comparisons, scores.length);
            assert.equal(falseMatches, scores.filter((bin) => scoreOf(bin) >= similarity).length);
            assert.equal(upper95, upperBound(falseMatches, comparisons));
          }
        },
      ),
    );
  });

  it('never promise a rate below the observed share, at any similarity', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 1, maxLength: 200 }), (scores) => {
        const points = pointsOf(tally(scores));
        for (let score = 0; score <= 1; score += 0.007) {
          const seen = scores.filter((bin) => scoreOf(bin) >= score).length / scores.length;
          assert(falseMatchRate(points, score) >= seen);
        }
      }),
    );
  });

  it('end at the first similarity that no stranger reaches', () => {
    const points = pointsOf(tally([0, 1000, 4512]));
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
    const points = pointsOf(new Float64Array(bins).fill(1));
    assert.equal(points.length, 100);
    assert(calibration.safeParse({ data: 'test', people: 2, points }).success);
  });

  it('are found quickly even for the 87 million pairs of LFW', () => {
    const points = pointsOf(new Float64Array(bins).map((_, bin) => (bin < 2500 ? 35_000 : 0)));
    assert.equal(points[0].comparisons, 87_500_000);
    assert(calibration.safeParse({ data: 'test', people: 5749, points }).success);
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

  it('names the rates that the comparisons support, by the rule of three', () => {
    const some = inWords(file(tally(Array.from({ length: 700 }, (_, i) => i)), 8));
    assert.match(some, /3\/700/);
    assert.match(some, /down to 0\.43 %/);
    assert.match(some, /1 %: 類似度 0\.07 以上 \/ from a similarity of 0\.07/);
    assert.match(some, /0\.1 %: 言えません（3,000 回/);
    assert.match(some, /0\.01 %: .*not supported: takes 30,000 comparisons/);
    const always = inWords(file(tally(Array.from({ length: 700 }, () => bins - 1)), 8));
    assert.match(always, /1 %: .*exceeded at every similarity/);
  });
});
