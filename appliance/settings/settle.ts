import type { TomlTable } from 'smol-toml';
import type { z } from 'zod';

import { keyLines, type Path } from './key-lines.js';
import { meantBy } from './meant.js';
import type { Pin } from './pins.js';
import { nameToShow, type LineProblem } from './problem.js';
import {
  isAccepted,
  isKey,
  keysOf,
  pathOf,
  type SettingKey,
  settingKeys,
  settings,
  type TableName,
} from './settings.js';
import { type Unseen, unseenInValue, withoutUnseen } from './unseen.js';

/** The validated content of a settings file. */
export type Settled = {
  /** The settings that are present and valid. */
  readonly right: ReadonlyMap<SettingKey, unknown>;
  /** Present and invalid, or probably meant by an unknown name. */
  readonly wrong: ReadonlySet<SettingKey>;
  /** Absent, but an unknown name or heading may have been meant for it. */
  readonly unsure: ReadonlySet<SettingKey>;
  /** In the order of their lines. */
  readonly problems: readonly LineProblem[];
};

type Wrong = { readonly path: Path; readonly problem: LineProblem };

/** Removes what is invalid until the rest is valid. It takes several passes: cross-field checks need valid fields. */
export function settle(document: TomlTable, toml: string): Settled {
  let lineOf: ((path: Path) => number) | undefined;
  const wrong = new Map<string, Wrong>();
  for (;;) {
    const parsed = settings.safeParse(document);
    if (parsed.success) break;
    const found = parsed.error.issues
      .flatMap((issue) => pathsOf(issue).map((path) => ({ issue, path })))
      // One of two settings with the same pin may have it by default.
      .filter(({ path }) => isWritten(document, path));
    lineOf ??= keyLines(toml);
    for (const { issue, path } of found) {
      const also = alsoOf(issue);
      const alsoLine = also && isWritten(document, also) ? lineOf(also) : undefined;
      const unseen = unseenIn(document, path);
      const problem = describe(issue, path, lineOf(path), { also, alsoLine, unseen });
      wrong.set(JSON.stringify(path), { path, problem });
    }
    for (const { path } of found) remove(document, path);
  }
  const right = rightOf(document);
  const problems = [...wrong.values()].map(({ problem }) => problem);
  return {
    right,
    wrong: new Set([...wrong.values()].flatMap(wrongKeys).filter((key) => !right.has(key))),
    unsure: new Set([...wrong.values()].flatMap(unsureKeys).filter((key) => !right.has(key))),
    problems: problems.sort((one, other) => one.line - other.line),
  };
}

/** The tables and keys of an issue. */
function pathsOf(issue: z.core.$ZodIssue): Path[] {
  // The schema has no deeper levels.
  const path = issue.path as [] | Path;
  if (issue.code !== 'unrecognized_keys') return [path as Path];
  return issue.keys.map((key): Path => (path.length === 0 ? [key] : [path[0], key]));
}

/** The other setting with the same pin. */
function alsoOf(issue: z.core.$ZodIssue): Pin | undefined {
  return issue.code === 'custom' ? (issue.params?.also as Pin | undefined) : undefined;
}

/** What else is known of a wrong setting. */
type More = {
  readonly also: Pin | undefined;
  readonly alsoLine: number | undefined;
  readonly unseen: Unseen | undefined;
};

/** What nobody sees in a value that would be right without it. */
function unseenIn(document: TomlTable, path: Path): Unseen | undefined {
  const key = keyOf(path);
  if (!isKey(key)) return undefined;
  const [table, name] = pathOf(key);
  const value = (document[table] as TomlTable)[name];
  if (typeof value !== 'string' || !isAccepted(key, withoutUnseen(value))) return undefined;
  return unseenInValue(value);
}

function describe(
  issue: z.core.$ZodIssue,
  path: Path,
  line: number,
  { also, alsoLine, unseen }: More,
): LineProblem {
  if (issue.code === 'unrecognized_keys') {
    const meant = meantBy(path);
    return { what: 'unknown', line, name: nameToShow(path), ...(meant && { meant }) };
  }
  const [table, name] = path as readonly [TableName, string?];
  if (name === undefined) return { what: 'not-a-table', line, table };
  if (unseen) return { what: 'unseen-character', line, key: keyOf(path), unseen };
  if (also === undefined) return { what: 'wrong-value', line, key: keyOf(path) };
  return { what: 'same-pin', line, key: keyOf(path), also: keyOf(also), alsoLine };
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

function rightOf(document: TomlTable): Map<SettingKey, unknown> {
  const written = settingKeys.filter((key) => isWritten(document, pathOf(key)));
  return new Map(
    written.map((key) => {
      const [table, name] = pathOf(key);
      return [key, (document[table] as TomlTable)[name]];
    }),
  );
}

function wrongKeys({ problem }: Wrong): SettingKey[] {
  if ('key' in problem) return [problem.key];
  return problem.what === 'unknown' && isKey(problem.meant) ? [problem.meant] : [];
}

/** An unknown name may stand for any setting of its table; an unknown heading, for any setting. */
function unsureKeys({ path: [table, key], problem }: Wrong): readonly SettingKey[] {
  if (problem.what === 'not-a-table') return keysOf(problem.table);
  if (problem.what !== 'unknown') return [];
  return key === undefined ? settingKeys : keysOf(table as TableName);
}
