import { type CalibrationFile, calibrationFile } from '../../appliance/calibration/calibration.js';
import type { ModelFault } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { nameFailures } from '../trial/failures.js';
import { allPairs } from '../trial/pairing.js';
import type { Person } from '../trial/people.js';
import { type Problem, problems } from '../trial/problems.js';
import { ProgressBar } from '../trial/progress.js';
import { binOf, emptyTally, totalOf } from '../trial/tally.js';
import { runTrial, type TrialOptions } from '../trial/trial.js';
import { dataWords } from './words.js';
import { pointsOf } from './points.js';

/** Compares the pictures of every two people and counts how often strangers reach each similarity. */
export async function calibrate(
  people: readonly Person[],
  options: TrialOptions,
  today: Date,
  signal: AbortSignal,
): Promise<Result<CalibrationFile, ModelFault | Problem>> {
  const pairing = allPairs(people);
  const { impostor } = emptyTally();
  const used = new Uint8Array(pairing.pictures.length);
  const bar = new ProgressBar();
  try {
    const trial = await runTrial(
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
    if (!trial.ok) return trial;
    process.stderr.write(nameFailures(trial.value.failures));
    const comparisons = totalOf(impostor);
    if (comparisons === 0) return err(problems.nothingCompared());
    const shown = pairing.pictures.filter((_, i) => used[i] === 1);
    const count = { people: new Set(shown.map(({ person }) => person)).size, pictures: shown.length };
    return ok(
      calibrationFile.parse({
        version: 1,
        model: trial.value.recogniser.sha256,
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
