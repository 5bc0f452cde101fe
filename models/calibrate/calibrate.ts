import { type CalibrationFile, calibrationFile } from '../../appliance/calibration/calibration.js';
import type { ModelFault } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { nameFailures } from '../experiment/failures.js';
import { allPairs } from '../experiment/pairing.js';
import type { Person } from '../experiment/people.js';
import { type Problem, problems } from '../experiment/problems.js';
import { ProgressBar } from '../experiment/progress.js';
import { binOf, emptyTally, totalOf } from '../experiment/tally.js';
import { runExperiment, type ExperimentOptions } from '../experiment/experiment.js';
import { dataWords } from './words.js';
import { pointsOf } from './points.js';

/** Compares the pictures of every two people and counts how often strangers reach each similarity. */
export async function calibrate(
  people: readonly Person[],
  options: ExperimentOptions,
  today: Date,
  signal: AbortSignal,
): Promise<Result<CalibrationFile, ModelFault | Problem>> {
  const pairing = allPairs(people);
  const { impostor } = emptyTally();
  const used = new Uint8Array(pairing.pictures.length);
  const bar = new ProgressBar();
  try {
    const experiment = await runExperiment(
      pairing,
      options,
      (same, document, probe, score) => {
        if (same) return;
        impostor[binOf(score)] += 1;
        used[document] = 1;
        used[probe] = 1;
      },
      bar,
      signal,
    );
    bar.clear();
    if (!experiment.ok) return experiment;
    process.stderr.write(nameFailures(experiment.value.failures));
    const comparisons = totalOf(impostor);
    if (comparisons === 0) return err(problems.nothingCompared());
    const shown = pairing.pictures.filter((_, i) => used[i] === 1);
    const count = { people: new Set(shown.map(({ person }) => person)).size, pictures: shown.length };
    return ok(
      calibrationFile.parse({
        version: 1,
        model: experiment.value.recogniser.sha256,
        date: today.toISOString().slice(0, 10),
        data: dataWords({ ...count, comparisons, appearance: options.appearance }),
        ...count,
        points: pointsOf(impostor),
      }),
    );
  } finally {
    bar.clear();
  }
}
