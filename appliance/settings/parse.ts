import { isUtf8 } from 'node:buffer';

import { parse, TomlDate, TomlError, type TomlTable } from 'smol-toml';
import type { z } from 'zod';

import { err, ok, type Result } from '../result.js';
import { keyLines, type Path } from './key-lines.js';
import type { Pin } from './pins.js';
import { nameToShow, type LineProblem, type Problem } from './problem.js';
import { defaults, settings, type SettingKey, type Settings } from './settings.js';

export type SettingsRead = {
  readonly settings: Settings;
  /** In the order of their lines. */
  readonly problems: readonly Problem[];
};

/** The settings that the bytes of a settings file stand for: its own where they are right, else the defaults. */
export function parseSettings(bytes: Uint8Array): SettingsRead {
  const text = decode(bytes);
  if (!text.ok) return { settings: defaults, problems: [text.error] };
  const document = parseToml(text.value);
  if (!document.ok) return { settings: defaults, problems: [document.error] };
  return settle(document.value, text.value);
}

function decode(bytes: Uint8Array): Result<string, Problem> {
  if (isUtf8(bytes)) return ok(new TextDecoder().decode(bytes));
  // Shift_JIS, which editors still write, has no byte of a newline inside a character either.
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  return err({ what: 'not-utf8', line: lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1'))) + 1 });
}

function parseToml(text: string): Result<TomlTable, Problem> {
  try {
    return ok(withDatesAsText(parse(text)));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return err({ what: 'not-toml', line: error.line });
  }
}

/** To the schema a date would be an object without keys, and so an empty table. */
function withDatesAsText(document: TomlTable): TomlTable {
  for (const [name, content] of Object.entries(document)) {
    if (content instanceof TomlDate) document[name] = content.toISOString();
  }
  return document;
}

/** Takes out what is wrong until the rest is right: two keys that exclude each other show only among right ones. */
function settle(document: TomlTable, toml: string): SettingsRead {
  const lineOf = keyLines(toml);
  const problems = new Map<string, LineProblem>();
  for (;;) {
    const parsed = settings.safeParse(document);
    if (parsed.success) {
      const inOrder = [...problems.values()].sort((one, other) => one.line - other.line);
      return { settings: parsed.data, problems: inOrder };
    }
    const wrong = parsed.error.issues
      .flatMap((issue) => pathsOf(issue).map((path) => ({ issue, path })))
      // Of two on one pin, one may have it by not being written.
      .filter(({ path }) => isWritten(document, path));
    for (const { issue, path } of wrong) {
      const place = (path: Path) => (isWritten(document, path) ? lineOf(path) : undefined);
      problems.set(JSON.stringify(path), describe(issue, path, place));
    }
    for (const { path } of wrong) remove(document, path);
  }
}

/** The tables and keys that an issue of the schema is about. */
function pathsOf(issue: z.core.$ZodIssue): Path[] {
  // The schema has tables with keys, and nothing deeper.
  const path = issue.path as [] | Path;
  if (issue.code !== 'unrecognized_keys') return [path as Path];
  return issue.keys.map((key): Path => (path.length === 0 ? [key] : [path[0], key]));
}

function describe(
  issue: z.core.$ZodIssue,
  path: Path,
  lineOf: (path: Path) => number | undefined,
): LineProblem {
  const line = lineOf(path) ?? 1;
  if (issue.code === 'unrecognized_keys') return { what: 'unknown', line, name: nameToShow(path) };
  const [table, key] = path as readonly [keyof Settings, string?];
  if (key === undefined) return { what: 'not-a-table', line, table };
  const also = issue.code === 'custom' ? (issue.params?.also as Pin | undefined) : undefined;
  if (also === undefined) return { what: 'wrong-value', line, key: keyOf(path) };
  return { what: 'same-pin', line, key: keyOf(path), also: keyOf(also), alsoLine: lineOf(also) };
}

function keyOf(path: Path): SettingKey {
  return path.join('.') as SettingKey;
}

function isWritten(document: TomlTable, [table, key]: Path): boolean {
  if (!Object.hasOwn(document, table)) return false;
  return key === undefined || Object.hasOwn(document[table] as TomlTable, key);
}

function remove(document: TomlTable, [table, key]: Path): void {
  if (key === undefined) Reflect.deleteProperty(document, table);
  else if (isWritten(document, [table])) Reflect.deleteProperty(document[table] as TomlTable, key);
}
