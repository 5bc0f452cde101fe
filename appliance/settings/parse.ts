import { isDeepStrictEqual } from 'node:util';

import { isCutShort, lastLine, withoutHalfValue } from './cut-short.js';
import { decode } from './decode.js';
import { type InForce, inForce, inForceWithout } from './in-force.js';
import type { FileProblem, Problem, WholeProblem } from './problem.js';
import { type Requested, requestedIn, requestedInLines, statementsIn } from './protections.js';
import type { Settings } from './settings.js';
import { settle } from './settle.js';
import { parseToml, withDatesAsText } from './toml.js';
import { type Unseen, unseenInToml, withPlainSpaces } from './unseen.js';

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
  const text = decode(bytes);
  if (!text.ok) return nothingOf(text.error, last, requestedInBroken(bytes, last));
  const toml = text.value;
  const parsed = parseToml(toml);
  if (!parsed.ok) {
    const { line } = parsed.error;
    const unseen = unseenBreaking(toml, line);
    return nothingOf(
      { what: 'not-toml', line, ...(unseen && { unseen }) },
      last,
      requestedInBroken(bytes, last),
    );
  }
  const document = withDatesAsText(parsed.value);
  const statements = statementsIn(document);
  const settled = settle(document, toml);
  const requested = requestedIn(statements, settled.right);
  const read = { ...inForce(settled, last?.settings, requested), problems: settled.problems };
  const same = settled.problems.length === 0 && isDeepStrictEqual(read.settings, last?.settings);
  if (last && !same && isCutShort(toml, last.toml)) {
    return nothingOf({ what: 'cut-short', line: lastLine(toml) }, last, requestedIn(statements, new Map()));
  }
  return settled.problems.length === 0 ? { ...read, good: { toml, settings: read.settings } } : read;
}

/** What nobody sees in a line, if the line would be TOML without it. */
function unseenBreaking(toml: string, line: number): Unseen | undefined {
  const lines = toml.split('\n');
  const broken = lines[line - 1].replace(/\r$/, '');
  const mended = parseToml(lines.with(line - 1, withPlainSpaces(broken)).join('\n'));
  return mended.ok || mended.error.line > line ? unseenInToml(broken) : undefined;
}

/** After a good file, half a value asks for nothing new. */
function requestedInBroken(bytes: Uint8Array, last: Good | undefined): Requested {
  return requestedInLines(last ? withoutHalfValue(bytes) : bytes);
}

/** If nothing of the file is usable, the last good one stays in force as a whole. */
export function nothingOf(
  problem: FileProblem | WholeProblem,
  last: Good | undefined,
  requested: Requested = new Map(),
): SettingsRead {
  return { ...inForceWithout(last?.settings, requested), problems: [problem] };
}
