import { isDeepStrictEqual } from 'node:util';

import { isCutShort, lastLine } from './cut-short.js';
import { decode } from './decode.js';
import { type InForce, inForce, inForceWithout } from './in-force.js';
import type { FileProblem, Problem, WholeProblem } from './problem.js';
import { protectionsIn } from './protections.js';
import type { SettingKey, Settings } from './settings.js';
import { settle } from './settle.js';
import { parseToml, withDatesAsText } from './toml.js';

export type SettingsRead = InForce & {
  /** In the order of their lines. */
  readonly problems: readonly Problem[];
};

/** A file without problems. */
export type Good = { readonly toml: string; readonly settings: Settings };

/**
 * Parses a settings file. It reports problems and uses the last good values instead: a mistake in one line neither
 * stops the appliance nor changes another setting.
 *
 * @param last the last version of the file without problems, if there is one
 */
export function parseSettings(bytes: Uint8Array, last?: Good): SettingsRead & { readonly good?: Good } {
  const requested = protectionsIn(bytes);
  const text = decode(bytes);
  if (!text.ok) return nothingOf(text.error, last, requested);
  const toml = text.value;
  const document = parseToml(toml);
  if (!document.ok) return nothingOf({ what: 'not-toml', line: document.error.line }, last, requested);
  const settled = settle(withDatesAsText(document.value), toml);
  const read = { ...inForce(settled, last?.settings, requested), problems: settled.problems };
  const same = settled.problems.length === 0 && isDeepStrictEqual(read.settings, last?.settings);
  if (last && !same && isCutShort(toml, last.toml)) {
    return nothingOf({ what: 'cut-short', line: lastLine(toml) }, last);
  }
  return settled.problems.length === 0 ? { ...read, good: { toml, settings: read.settings } } : read;
}

/** If nothing of the file is usable, the last good one stays in force as a whole. */
export function nothingOf(
  problem: FileProblem | WholeProblem,
  last: Good | undefined,
  requested: readonly SettingKey[] = [],
): SettingsRead {
  return { ...inForceWithout(last?.settings, requested), problems: [problem] };
}
