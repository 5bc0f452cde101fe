import type { ModelFault } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { type Experiment, type ExperimentOptions, runExperiment } from '../experiment/experiment.js';
import { nameFailures } from '../experiment/failures.js';
import type { Pairing } from '../experiment/pairing.js';
import { type Problem, problems } from '../experiment/problems.js';
import type { ProgressBar } from '../experiment/progress.js';
import type { Traits } from '../experiment/strata.js';
import { totalOf } from '../experiment/tally.js';
import { seededRandom } from '../random.js';
import { Scores } from './scores.js';
import { StratifiedScores, type StratumScores } from './stratified-scores.js';
import { stratify } from './stratification.js';
import type { Units } from './units.js';

/** What is compared: the pairs, the units of resampling, and what each person says of themselves. */
export type Subject = {
  readonly pairing: Pairing;
  readonly units: Units;
  /** In the order of the persons; undefined where strata are not asked for. */
  readonly traits: readonly Traits[] | undefined;
};

/** The scores of all comparisons. */
export type Measured = {
  readonly experiment: Experiment;
  readonly scores: Scores;
  readonly strata: readonly StratumScores[];
  /** Units (persons or pairs) with at least one genuine comparison. */
  readonly unitsCompared: number;
};

/** Makes all comparisons. Lists failures to enrol on stderr. */
export async function measure(
  { pairing, units, traits }: Subject,
  options: ExperimentOptions,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Result<Measured, ModelFault | Problem>> {
  const random = seededRandom(1);
  const scores = new Scores(random);
  const stratified = traits && new StratifiedScores(stratify(traits), units.of, random);
  const compared = new Set<number>();
  const { pictures } = pairing;
  const experiment = await runExperiment(
    pairing,
    options,
    (same, document, probe, score) => {
      const [one, other] = [pictures[document].person, pictures[probe].person];
      scores.add(same, units.of[one], units.of[other], score);
      stratified?.add(one, other, score);
      if (same) compared.add(units.of[one]);
    },
    bar,
    signal,
  );
  bar.clear();
  if (!experiment.ok) return experiment;
  process.stderr.write(nameFailures(experiment.value.failures));
  const { genuine, impostor } = scores.tally;
  if (totalOf(genuine) === 0 || totalOf(impostor) === 0) return err(problems.nothingCompared());
  return ok({
    experiment: experiment.value,
    scores,
    strata: stratified?.strata ?? [],
    unitsCompared: compared.size,
  });
}
