import { isDeepStrictEqual } from 'node:util';

import type { LoadedRecogniser } from '../../appliance/face/recogniser.js';
import { loadModels } from '../../appliance/face/sessions.js';
import type { ModelFault } from '../../appliance/findings.js';
import { ok, type Result } from '../../appliance/result.js';
import type { ExperimentOptions } from '../experiment/experiment.js';
import type { Problem } from '../experiment/problems.js';
import { ProgressBar } from '../experiment/progress.js';
import type { Tally } from '../experiment/tally.js';
import { bootstrap } from './bootstrap.js';
import { type CalibratedThreshold, calibratedThreshold, ownThreshold } from './calibrated-threshold.js';
import { type Evaluation, evaluationOf } from './evaluation.js';
import { measure, type Measured, type Subject } from './measure.js';
import { stratumFigures, type StratumResult } from './stratum-figures.js';

/** What was measured of one recogniser with one calibration. */
export type Evaluated = {
  readonly evaluation: Evaluation;
  readonly tally: Tally;
  /** Empty where strata were not asked for. */
  readonly strata: readonly StratumResult[];
  /** The calibration's file, undefined for the recogniser's own, and what it states at the threshold. */
  readonly calibration: { readonly file: string | undefined; readonly stated: number };
};

/**
 * Runs all comparisons for each contender, a recogniser with its calibration, and computes its error rates. Two
 * calibrations of one recogniser share the scores. A contender that cannot be loaded is refused before any work.
 */
export async function evaluate(
  subject: Subject,
  contenders: readonly ExperimentOptions[],
  signal: AbortSignal,
): Promise<Result<Evaluated[], ModelFault | Problem>> {
  const abouts: LoadedRecogniser['about'][] = [];
  for (const { models } of contenders) {
    const loaded = await loadModels(models);
    if (!loaded.ok) return loaded;
    abouts.push(loaded.value.recogniser.about);
  }
  const bar = new ProgressBar();
  const evaluated: Evaluated[] = [];
  try {
    let last: { readonly options: ExperimentOptions; readonly measured: Measured } | undefined;
    for (const [i, options] of contenders.entries()) {
      const measured =
        last && sameScores(last.options, options)
          ? ok(last.measured)
          : await measure(subject, options, bar, signal);
      if (!measured.ok) return measured;
      last = { options, measured: measured.value };
      evaluated.push(await summarise(subject, last, abouts[i], bar, signal));
    }
    return ok(evaluated);
  } finally {
    bar.clear();
  }
}

function sameScores({ models: one }: ExperimentOptions, { models: other }: ExperimentOptions): boolean {
  return isDeepStrictEqual({ ...one, calibration: undefined }, { ...other, calibration: undefined });
}

async function summarise(
  { pairing, units }: Subject,
  { options, measured }: { readonly options: ExperimentOptions; readonly measured: Measured },
  about: LoadedRecogniser['about'],
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Evaluated> {
  const { scores, strata, experiment, unitsCompared } = measured;
  const { tally, genuine, impostor } = scores;
  const file = options.models.calibration;
  const at: CalibratedThreshold = file === undefined ? ownThreshold(about) : calibratedThreshold(about);
  const show = (done: number, of: number): void => bar.show('区間を求めています / resampling', done, of);
  const bootstrapped = await bootstrap({ genuine, impostor, persons: units.count }, signal, show);
  const evaluation = evaluationOf({
    tally,
    experiment: { ...experiment, recogniser: { ...about, threshold: at.threshold } },
    bootstrapped,
    over: units.over,
    genuineIndependent: units.genuineIndependent,
    genuineResampled: genuine.length,
    impostorResampled: impostor.length,
    unitsCompared,
    persons: pairing.persons,
    pictures: pairing.pictures.length,
    ...options.appearance,
  });
  const results = await stratumFigures(strata, at.threshold, units.count, signal, show);
  return { evaluation, tally, strata: results, calibration: { file, stated: at.stated } };
}
