import assert from 'node:assert/strict';

import { interval } from '../../models/clopper-pearson.js';
import { evaluationOf, type Measurements } from '../../models/evaluate/evaluation.js';
import { inWords } from '../../models/evaluate/words.js';
import { binOf, emptyTally } from '../../models/experiment/tally.js';
import { builtManifest } from './built.js';

/** 100 genuine pairs, four of them low; 3,000 impostor pairs, three of them high. */
function measured(change: Partial<Measurements> = {}): Measurements {
  const tally = emptyTally();
  tally.genuine[binOf(0.7)] = 96;
  tally.genuine[binOf(0.3)] = 4;
  tally.impostor[binOf(0.2)] = 2997;
  tally.impostor[binOf(0.5)] = 3;
  const narrow = { low: 0.039, high: 0.041 };
  return {
    tally,
    experiment: {
      recogniser: { ...builtManifest().recogniser, measure: 'euclidean', threshold: 0.45 },
      failures: [],
      withheld: { genuine: 1, impostor: 2 },
    },
    bootstrapped: { replicates: 1000, auc: narrow, eer: narrow, fnmr: [narrow, narrow, narrow] },
    over: 'pairs',
    genuineIndependent: true,
    genuineResampled: 100,
    impostorResampled: 3000,
    unitsCompared: 100,
    persons: 6200,
    pictures: 6200,
    documentAs: 'picture',
    probeAs: 'picture',
    fuse: 1,
    ...change,
  };
}

describe('an evaluation', () => {
  it('has the FNMR at each supported FMR, with its threshold and its interval', () => {
    const { fnmrAtFmr, atThreshold, genuine, impostor } = evaluationOf(measured());
    assert.deepEqual([genuine, impostor], [100, 3000]);
    // Three of 3,000 are one in a thousand, so both rates are held just above the many.
    const point = { fnmr: 0, threshold: 0.2001, ...interval(0, 100) };
    assert.deepEqual(fnmrAtFmr, { '0.01': point, '0.001': point, '0.0001': null });
    assert.deepEqual(atThreshold, { threshold: 0.45, fmr: 0.001, fnmr: 0.04 });
  });

  it('uses the resampled interval if persons are in several pairs', () => {
    const tally = measured().tally;
    tally.impostor[binOf(0.5)] = 4;
    const { fnmrAtFmr } = evaluationOf(measured({ tally, genuineIndependent: false, over: 'persons' }));
    assert.deepEqual(fnmrAtFmr['0.001'], { fnmr: 0.04, threshold: 0.5001, low: 0.039, high: 0.041 });
  });

  it('does not claim certainty if there was no error among few persons', () => {
    const none = { low: 0, high: 0 };
    const bootstrapped = { replicates: 1000, auc: { low: 1, high: 1 }, eer: none, fnmr: [none, none, none] };
    const change = { bootstrapped, genuineIndependent: false, unitsCompared: 8 };
    const { fnmrAtFmr, aucInterval } = evaluationOf(measured(change));
    assert.deepEqual(fnmrAtFmr['0.01'], { fnmr: 0, threshold: 0.2001, ...interval(0, 8) });
    assert.equal(aucInterval, null);
  });

  it('has no rate if strangers score 1', () => {
    const tally = emptyTally();
    tally.genuine[binOf(0.7)] = 10;
    tally.impostor[binOf(1)] = 300;
    assert.equal(evaluationOf(measured({ tally })).fnmrAtFmr['0.01'], null);
  });

  it('is also told in words, with the pairs that the intervals are based on', () => {
    const words = inWords(evaluationOf(measured({ genuineIndependent: false, impostorResampled: 500 })));
    assert.match(words, /FNMR, FMR 1 % +0 % {2}\[0 % – 4\.1 %\] {2}≥ 0\.2001/);
    assert.match(words, /FNMR, FMR 0\.01 % .*too few pairs to tell/);
    assert.match(words, /threshold 0\.45: FMR 0\.1 %, FNMR 4 %/);
    assert.match(words, /random sample of 100 genuine and 500 impostor pairs/);
    assert.match(words, /pairs withheld +1 \+ 2/);
  });
});
