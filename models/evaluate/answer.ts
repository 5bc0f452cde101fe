import { basename } from 'node:path';

import type { Evaluated } from './evaluate.js';
import type { Evaluation } from './evaluation.js';
import { type Preference, preferences } from './preference.js';
import type { StratumFigures } from './stratum-figures.js';

/** One recogniser with one calibration, as `--json` has it. */
export type Contender = Evaluation & {
  /** The calibration's file, without its folder; null for the recogniser's own. */
  readonly calibration: string | null;
  /** The upper bound of the false match rate that the calibration states at the threshold. */
  readonly statedFmr: number;
  /** Null without `--people`. */
  readonly strata: readonly StratumFigures[] | null;
};

/** The output of `terashi evaluate --json`. */
export type Answer = Contender & {
  /** With `--compare`: the second recogniser, and in how many draws it is better. */
  readonly compared: Contender | null;
  readonly preferences: readonly Preference[] | null;
};

export function answerOf(evaluated: readonly Evaluated[]): Answer {
  const [first] = evaluated;
  const second = evaluated.at(1);
  const paired = second && first.strata.length > 0;
  return {
    ...contenderOf(first),
    compared: second ? contenderOf(second) : null,
    preferences: paired ? preferences(first.strata, second.strata) : null,
  };
}

function contenderOf({ evaluation, calibration: { file, stated }, strata }: Evaluated): Contender {
  return {
    ...evaluation,
    calibration: file === undefined ? null : basename(file),
    statedFmr: stated,
    strata: strata.length > 0 ? strata.map(({ figures }) => figures) : null,
  };
}
