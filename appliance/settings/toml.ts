import { parse, TomlDate, TomlError, type TomlTable } from 'smol-toml';

import { err, ok, type Result } from '../result.js';

/** A TOML document, or the line, counted from 1, at which it stops being one. */
export function parseToml(toml: string): Result<TomlTable, { readonly line: number }> {
  try {
    // A number beyond 2^53 is wrong where it stands, and no reason to refuse the rest.
    return ok(parse(toml, { integersAsBigInt: 'asNeeded' }));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return err({ line: error.line });
  }
}

/** The table in a document, which a list of tables or a date is not. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof TomlDate);
}

/** To a schema a date would be an object without keys, and so an empty table. */
export function withDatesAsText(document: TomlTable): TomlTable {
  for (const [name, content] of Object.entries(document)) {
    if (content instanceof TomlDate) document[name] = content.toISOString();
  }
  return document;
}
