import type { ModelFault } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { nameFailures } from '../experiment/failures.js';
import type { Pairing } from '../experiment/pairing.js';
import { type Problem, problems } from '../experiment/problems.js';
import { ProgressBar } from '../experiment/progress.js';
import { seededRandom } from '../random.js';
import { binOf, emptyTally, type Tally, totalOf } from '../experiment/tally.js';
import { runExperiment, type ExperimentOptions } from '../experiment/experiment.js';
import { bootstrap } from './bootstrap.js';
import { type Evaluation, evaluationOf } from './evaluation.js';
import { SampledPairs } from './sampled.js';
import { unitsOf } from './units.js';

/** Comparisons kept of each kind for resampling, at ten bytes each. */
const mostResampled = 2_000_000;

export type Evaluated = { readonly evaluation: Evaluation; readonly tally: Tally };

/** Runs all comparisons of a pairing and computes its error rates. Lists failures to enrol on stderr. */
export async function evaluate(
  pairing: Pairing,
  options: ExperimentOptions,
  signal: AbortSignal,
): Promise<Result<Evaluated, ModelFault | Problem>> {
  const { pictures, persons } = pairing;
  const units = unitsOf(pairing);
  const tally = emptyTally();
  const random = seededRandom(1);
  const genuine = new SampledPairs(mostResampled, random);
  const impostor = new SampledPairs(mostResampled, random);
  const compared = new Uint8Array(units.count);
  const bar = new ProgressBar();
  try {
    const experiment = await runExperiment(
      pairing,
      options,
      (same, document, probe, score) => {
        const bin = binOf(score);
        const unit = units.of[pictures[document].person];
        tally[same ? 'genuine' : 'impostor'][bin] += 1;
        (same ? genuine : impostor).add(unit, units.of[pictures[probe].person], bin);
        if (same) compared[unit] = 1;
      },
      bar,
      signal,
    );
    bar.clear();
    if (!experiment.ok) return experiment;
    process.stderr.write(nameFailures(experiment.value.failures));
    if (totalOf(tally.genuine) === 0 || totalOf(tally.impostor) === 0) {
      return err(problems.nothingCompared());
    }
    const bootstrapped = await bootstrap({ genuine, impostor, persons: units.count }, signal, (done, of) =>
      bar.show('区間を求めています / resampling', done, of),
    );
    const evaluation = evaluationOf({
      tally,
      experiment: experiment.value,
      bootstrapped,
      over: units.over,
      genuineIndependent: units.genuineIndependent,
      genuineResampled: genuine.length,
      impostorResampled: impostor.length,
      unitsCompared: compared.reduce((sum, one) => sum + one, 0),
      persons,
      pictures: pictures.length,
      ...options.appearance,
    });
    return ok({ evaluation, tally });
  } finally {
    bar.clear();
  }
}
