import type { TomlTable, TomlValue } from 'smol-toml';

import { isShiftJis, isUtf16 } from './decode.js';
import { isTable } from './toml.js';

/** What a file says: the names of tables and of the key, and what it is set to. */
export type Statement = { readonly path: readonly string[]; readonly value: string };

/** The statements of a document, however deep, with its dates as text. */
export function* statementsOf(document: TomlTable, above: readonly string[] = []): Generator<Statement> {
  for (const [name, value] of Object.entries(document)) yield* statementsIn([...above, name], value);
}

function* statementsIn(path: readonly string[], value: TomlValue): Generator<Statement> {
  if (isTable(value) && Object.keys(value).length > 0) yield* statementsOf(value, path);
  else if (Array.isArray(value) && value.length > 0) for (const one of value) yield* statementsIn(path, one);
  else yield { path, value: isTable(value) || Array.isArray(value) ? '' : value.toString() };
}

/** What the lines of a file seem to say that is not TOML, whatever its encoding. */
export function* statementsOfLines(bytes: Uint8Array): Generator<Statement> {
  // Full-width signs count as what they look like.
  for (const text of readings(bytes)) yield* statementsOfText(text.normalize('NFKC'));
}

function* statementsOfText(text: string): Generator<Statement> {
  let heading: string[] = [];
  let isEmpty = false;
  for (const line of text.split(/[\r\n\u0085\u2028\u2029]+/)) {
    const [said] = line.split('#', 1);
    const named = /^\s*\[+([^\]=:]+)(\]+\s*|)$/.exec(said)?.[1];
    const statements = named === undefined ? [...statementsOfLine(said, heading)] : [];
    // A heading with nothing below says something by its name alone.
    if (isEmpty && named !== undefined) yield { path: heading, value: '' };
    isEmpty = named !== undefined || (isEmpty && statements.length === 0);
    heading = named?.split('.') ?? heading;
    yield* statements;
  }
  if (isEmpty) yield { path: heading, value: '' };
}

/** An inline table has several. */
function* statementsOfLine(said: string, heading: readonly string[]): Generator<Statement> {
  for (const part of said.split(/[,{}]/)) {
    const found = /^([^=:]+)[=:](.*)$/.exec(part) ?? /^\s*(\S+)\s+(.+)$/.exec(part);
    if (found) yield { path: [...heading, ...found[1].split('.')], value: found[2] };
  }
}

/** The text in each encoding that it may have; a name counts that is found in one of them. */
function readings(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes);
  const [isUtf8, hasZeros] = [!text.includes('\uFFFD'), bytes.includes(0)];
  if (isUtf8 && !hasZeros) return [text];
  if (!hasZeros && !isUtf16(bytes) && isShiftJis(bytes)) return [new TextDecoder('shift_jis').decode(bytes)];
  const others = ['utf-16le', 'utf-16be', 'euc-jp'].map((name) => new TextDecoder(name).decode(bytes));
  // ASCII in UTF-16 is readable once its zeros are removed.
  return [text.replaceAll('\0', ''), ...others];
}
