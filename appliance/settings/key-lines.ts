import { parse, TomlDate, TomlError, type TomlTable } from 'smol-toml';

/** The path of a table or of a key in it, as far as settings reach. */
export type Path = readonly [table: string] | readonly [table: string, key: string];

/**
 * Finds the line, counted from 1, on which each table and each key of a TOML document begins. The parser tells
 * no positions, so the document is handed to it piece by piece: as soon as the lines since the last statement
 * can be parsed, under the table header that they stand under, they are one.
 *
 * @param toml a document that the parser accepts as a whole
 */
export function keyLines(toml: string): (path: Path) => number {
  const found = new Map<string, number>();
  let header = '';
  let statement = '';
  let begin = 1;
  for (const [index, line] of (toml.match(/[^\n]*\n|[^\n]+$/g) ?? []).entries()) {
    statement += line;
    const isHeader = statement.trimStart().startsWith('[');
    const parsed = parseIfWhole(isHeader ? statement : header + statement);
    if (parsed === undefined) continue;
    if (isHeader) header = statement;
    for (const path of paths(parsed)) {
      const name = JSON.stringify(path);
      if (!found.has(name)) found.set(name, begin);
    }
    statement = '';
    begin = index + 2;
  }
  return (path) => found.get(JSON.stringify(path)) ?? 1;
}

function parseIfWhole(piece: string): TomlTable | undefined {
  try {
    return parse(piece);
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

function* paths(document: TomlTable): Generator<Path> {
  for (const [table, content] of Object.entries(document)) {
    yield [table];
    if (typeof content !== 'object' || Array.isArray(content) || content instanceof TomlDate) continue;
    for (const key of Object.keys(content)) yield [table, key];
  }
}
