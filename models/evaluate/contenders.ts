import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { ModelPaths } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { recogniserName } from '../../appliance/protocol/vault.js';
import { err, ok, type Result } from '../../appliance/result.js';
import type { ExperimentOptions } from '../experiment/experiment.js';

/**
 * The recognisers to compare: the one that the other options name, and the one that `--compare` names:
 * `recogniser=NAME`, `pack=FOLDER`, or the first with another calibration, `calibration=FILE`.
 *
 * @returns a message if the value has another form, or names the first again
 */
export function parseContenders(
  first: ExperimentOptions,
  compare: string | undefined,
): Result<readonly ExperimentOptions[], string> {
  if (compare === undefined) return ok([first]);
  const models = modelsNamed(compare, first.models);
  if (!models) {
    const names = recogniserName.options.join('|');
    return err(`--compare ${compare}: recogniser=${names}, pack=FOLDER, calibration=FILE`);
  }
  return isDeepStrictEqual(choiceOf(models), choiceOf(first.models))
    ? err(
        `--compare ${compare}: 一つ目と同じです。別のものを指定してください / the same as the first: name another`,
      )
    : ok([first, { ...first, models }]);
}

function modelsNamed(compare: string, first: ModelPaths): ModelPaths | undefined {
  const [, kind, value] = /^(recogniser|pack|calibration)=(.+)$/s.exec(compare) ?? [];
  if (kind === 'pack') return { ...installation, pack: resolve(value), trusted: 'anybody' };
  if (kind === 'calibration') return { ...first, calibration: resolve(value) };
  const recogniser = recogniserName.safeParse(value);
  return recogniser.success ? { ...installation, recogniser: recogniser.data } : undefined;
}

/** What tells two choices apart; a pack takes the place of a built-in recogniser. */
function choiceOf({ recogniser, pack, calibration }: ModelPaths) {
  return { of: pack ?? recogniser ?? recogniserName.options[0], calibration };
}
