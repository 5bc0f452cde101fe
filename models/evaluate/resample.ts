import { setImmediate } from 'node:timers/promises';

import { seededRandom } from '../random.js';
import { emptyTally, type Tally } from '../experiment/tally.js';
import type { SampledPairs } from './sampled.js';

/** Enough for a 95 % interval, and the fewest that still give one. */
const mostReplicates = 1000;
const fewestReplicates = 200;
/** Upper bound on additions overall: a few seconds of work. */
const work = 1e9;

/** The pairs to resample, and the number of units (persons, or independent pairs) they come from. */
export type Resampled = {
  readonly genuine: SampledPairs;
  readonly impostor: SampledPairs;
  readonly persons: number;
};

/**
 * Draws of the bootstrap (Efron 1979) over persons. Comparisons that share a person are not independent, so
 * persons are drawn with replacement and a pair counts as often as both of its persons were drawn (subset
 * bootstrap, Bolle, Ratha and Pankanti 2004). The seed is fixed: draw i takes the same persons whatever was
 * measured of them, so that two measurements of the same persons can be compared draw by draw.
 *
 * @param figuresOf what is kept of each draw; its scores may lack genuine or impostor pairs
 */
export async function resample<Figures>(
  { genuine, impostor, persons }: Resampled,
  figuresOf: (drawn: Tally) => Figures,
  signal: AbortSignal,
  onProgress: (done: number, of: number) => void = () => undefined,
  most = mostReplicates,
): Promise<Figures[]> {
  const each = genuine.length + impostor.length;
  const replicates = Math.max(fewestReplicates, Math.min(most, Math.floor(work / each)));
  const { below } = seededRandom(20_040_801);
  const figures: Figures[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    const times = new Uint32Array(persons);
    for (let i = 0; i < persons; i++) times[below(persons)]++;
    const tally = emptyTally();
    genuine.countInto(tally.genuine, times);
    impostor.countInto(tally.impostor, times);
    figures.push(figuresOf(tally));
    onProgress(replicate + 1, replicates);
    await setImmediate();
    signal.throwIfAborted();
  }
  return figures;
}
