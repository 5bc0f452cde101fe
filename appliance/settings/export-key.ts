import { err, ok, type Result } from '../result.js';
import type { SettingsRead } from './parse.js';
import type { Problem } from './problem.js';

/**
 * The key that copies of the records are encrypted to; undefined where the municipality names none, so that they are
 * readable. `key-unusable` where it may have named one that cannot be read: then no copy must be made, since it would be
 * readable against its will.
 */
export function exportKeyIn({
  settings,
  origins,
  problems,
}: SettingsRead): Result<string | undefined, 'key-unusable'> {
  const { export: key } = settings.keys;
  if (key !== undefined) return ok(key);
  const hadNone = origins['keys.export'] === 'last-good';
  return problems.some((problem) => mayHideKey(problem, hadNone)) ? err('key-unusable') : ok(undefined);
}

/** @param hadNone whether the last good settings name no key */
function mayHideKey(problem: Problem, hadNone: boolean): boolean {
  switch (problem.what) {
    case 'wrong-value':
    case 'unseen-character':
    case 'same-pin':
      return problem.key === 'keys.export';
    case 'not-a-table':
      return problem.table === 'keys';
    case 'unknown': {
      const { name, meant } = problem;
      if (meant !== undefined) return meant === 'keys' || meant === 'keys.export';
      // A heading that resembles none may be this table's.
      return name.startsWith('keys.') || !name.includes('.');
    }
    default:
      // Nothing of the file can be read.
      return !hadNone;
  }
}
