import type { SettingsFound } from '../settings/read.js';
import { type Settings, valueOf } from '../settings/settings.js';
import { undrawableIn, undrawableWords } from '../settings/undrawable.js';
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

/** The characters of names that the screen shows as 〓, in both languages; empty if it can draw all. */
export function undrawableLines(settings: Settings): string {
  return undrawableIn(settings)
    .map(undrawableWords)
    .map(({ ja, en }) => `△ ${ja}\n  ${en}\n`)
    .join('');
}
