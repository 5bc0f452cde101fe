import type { SettingsFound } from '../settings/read.js';
import { valueOf } from '../settings/settings.js';
import { problemWords } from '../settings/words.js';

/** The problems of a settings file as `--json` prints them. */
export function problemsInJson(found: SettingsFound): unknown[] {
  return found.problems.map((problem) => ({
    ...problem,
    ...('key' in problem && {
      used: valueOf(found.settings, problem.key) ?? null,
      from: found.origins[problem.key],
    }),
    ...problemWords(problem, found),
  }));
}
