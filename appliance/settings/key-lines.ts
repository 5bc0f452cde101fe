import type { TomlTable } from 'smol-toml';

import { isTable, parseToml } from './toml.js';

/** The path of a table or of a key in it; settings are not nested deeper. */
export type Path = readonly [table: string] | readonly [table: string, key: string];

/**
 * Finds the line, from 1, on which each table and key of a TOML document begins. The parser reports no positions, so
 * this parses the document statement by statement.
 *
 * @param toml a valid document
 */
export function keyLines(toml: string): (path: Path) => number {
  const found = new Map<string, number>();
  let header: readonly [] | Path = [];
  for (const { statement, line } of statements(toml)) {
    const parsed = parseToml(statement);
    if (!parsed.ok) continue;
    const isHeader = statement.trimStart().startsWith('[');
    for (const names of pathsIn(parsed.value)) {
      if (isHeader) header = names;
      const [table, key] = isHeader ? names : [...header, ...names];
      for (const path of key === undefined ? [[table]] : [[table], [table, key]]) {
        const name = JSON.stringify(path);
        if (!found.has(name)) found.set(name, line);
      }
    }
  }
  return (path) => found.get(JSON.stringify(path)) ?? 1;
}

/** Strings and comments, which may hide newlines and brackets, and brackets and newlines themselves. */
const token =
  /"""(?:\\[^]|(?!""")[^\\])*""""*|'''[^]*?''''*|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|[[\]{}\n]/g;

/** The statements of a document, with blank lines and comments, and the line where each begins. */
function* statements(toml: string): Generator<{ readonly statement: string; readonly line: number }> {
  let [from, line, lines, depth] = [0, 1, 1, 0];
  for (const { 0: found, index } of toml.matchAll(token)) {
    lines += found.split('\n').length - 1;
    if (found === '[' || found === '{') depth += 1;
    else if (found === ']' || found === '}') depth -= 1;
    else if (found === '\n' && depth === 0) {
      yield { statement: toml.slice(from, index + 1), line };
      [from, line] = [index + 1, lines];
    }
  }
  yield { statement: toml.slice(from), line };
}

/** The tables of a document and their keys. */
function* pathsIn(document: TomlTable): Generator<Path> {
  for (const [table, content] of Object.entries(document)) {
    yield [table];
    if (!isTable(content)) continue;
    for (const key of Object.keys(content)) yield [table, key];
  }
}
