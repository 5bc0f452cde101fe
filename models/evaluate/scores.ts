import { binOf, emptyTally } from '../experiment/tally.js';
import type { Random } from '../random.js';
import { SampledPairs } from './sampled.js';

/** Comparisons kept of each kind for resampling, at ten bytes each. */
const mostResampled = 2_000_000;

/** The scores of some comparisons: all of them counted, and a sample with its persons. */
export class Scores {
  readonly tally = emptyTally();
  readonly genuine: SampledPairs;
  readonly impostor: SampledPairs;

  constructor(random: Random) {
    this.genuine = new SampledPairs(mostResampled, random);
    this.impostor = new SampledPairs(mostResampled, random);
  }

  /**
   * @param one the unit of resampling of the document's person
   * @param other that of the probe's
   * @param score 0 to 1
   */
  add(same: boolean, one: number, other: number, score: number): void {
    const bin = binOf(score);
    this.tally[same ? 'genuine' : 'impostor'][bin] += 1;
    this[same ? 'genuine' : 'impostor'].add(one, other, bin);
  }
}
