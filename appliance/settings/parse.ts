import { isDeepStrictEqual } from 'node:util';

import { isCutShort, lastLine } from './cut-short.js';
import { decode } from './decode.js';
import { type InForce, inForce, inForceWithout } from './in-force.js';
import type { FileProblem, Problem, WholeProblem } from './problem.js';
import { asksFor } from './protections.js';
import type { SettingKey, Settings } from './settings.js';
import { settle } from './settle.js';
import { parseToml, withDatesAsText } from './toml.js';

export type SettingsRead = InForce & {
  /** In the order of their lines. */
  readonly problems: readonly Problem[];
};

/** What a file without any problem said. */
export type Good = { readonly toml: string; readonly settings: Settings };

/**
 * The settings that the bytes of a settings file stand for. What is wrong in it is told, and the last good value
 * used meanwhile: a slip in one line neither stops the appliance nor changes another setting.
 *
 * @param last what the file said when nothing was wrong with it; undefined where it never was so
 */
export function parseSettings(bytes: Uint8Array, last?: Good): SettingsRead & { readonly good?: Good } {
  const asked = asksFor(bytes);
  const text = decode(bytes);
  if (!text.ok) return nothingOf(text.error, last, asked);
  const toml = text.value;
  const document = parseToml(toml);
  if (!document.ok) return nothingOf({ what: 'not-toml', line: document.error.line }, last, asked);
  const settled = settle(withDatesAsText(document.value), toml);
  const read = { ...inForce(settled, last?.settings, asked), problems: settled.problems };
  const same = settled.problems.length === 0 && isDeepStrictEqual(read.settings, last?.settings);
  if (last && !same && isCutShort(toml, last.toml)) {
    return nothingOf({ what: 'cut-short', line: lastLine(toml) }, last);
  }
  return settled.problems.length === 0 ? { ...read, good: { toml, settings: read.settings } } : read;
}

/** Where nothing of the file can be used, the last good one stays in force as a whole. */
export function nothingOf(
  problem: FileProblem | WholeProblem,
  last: Good | undefined,
  asked: readonly SettingKey[] = [],
): SettingsRead {
  return { ...inForceWithout(last?.settings, asked), problems: [problem] };
}
