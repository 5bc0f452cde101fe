import {
  type CalibrationFile,
  calibrationFile,
  type Strangers,
} from '../../appliance/calibration/calibration.js';
import type { ModelFault } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { type ExperimentOptions, runExperiment } from '../experiment/experiment.js';
import { nameFailures } from '../experiment/failures.js';
import { allPairs } from '../experiment/pairing.js';
import type { Person } from '../experiment/people.js';
import { type Problem, problems } from '../experiment/problems.js';
import { ProgressBar } from '../experiment/progress.js';
import { strata, strataOf, type Traits } from '../experiment/strata.js';
import { StratumTally } from './stratum-tally.js';
import { dataWords } from './words.js';

/**
 * Compares the pictures of every two people and counts how often strangers reach each similarity.
 *
 * @param traits what each person says of themselves; without it, only any two strangers are told
 */
export async function calibrate(
  people: readonly Person[],
  traits: readonly Traits[] | undefined,
  options: ExperimentOptions,
  today: Date,
  signal: AbortSignal,
): Promise<Result<CalibrationFile, ModelFault | Problem>> {
  const pairing = allPairs(people);
  const { pictures } = pairing;
  const tallies: Record<Strangers, StratumTally> = {
    any: new StratumTally(people.length),
    sameGender: new StratumTally(people.length),
    alike: new StratumTally(people.length),
  };
  const used = new Set<number>();
  const bar = new ProgressBar();
  try {
    const experiment = await runExperiment(
      pairing,
      options,
      (same, document, probe, score) => {
        if (same) return;
        const [one, other] = [pictures[document].person, pictures[probe].person];
        const among = traits ? strataOf(traits[one], traits[other]) : (['any'] as const);
        for (const stratum of among) tallies[stratum].add(one, other, score);
        used.add(document).add(probe);
      },
      bar,
      signal,
    );
    bar.clear();
    if (!experiment.ok) return experiment;
    process.stderr.write(nameFailures(experiment.value.failures));
    const [any, sameGender, alike] = strata.map((stratum) => tallies[stratum].result(traits));
    if (!any) return err(problems.nothingCompared());
    return ok(
      calibrationFile.parse({
        version: 2,
        model: experiment.value.recogniser.sha256,
        date: today.toISOString().slice(0, 10),
        data: dataWords({ ...any, pictures: used.size, appearance: options.appearance }),
        pictures: used.size,
        strata: { any, sameGender, alike },
      }),
    );
  } finally {
    bar.clear();
  }
}
