import { parse, TomlDate, TomlError, type TomlTable } from 'smol-toml';

import { err, ok, type Result } from '../result.js';

/** Parses TOML, or returns the line of the first syntax error, from 1. */
export function parseToml(toml: string): Result<TomlTable, { readonly line: number }> {
  try {
    // A number beyond 2^53 is one invalid value, and no reason to refuse the rest.
    return ok(parse(toml, { integersAsBigInt: 'asNeeded' }));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return err({ line: error.line });
  }
}

/** Whether a value is a table, and not a list of tables or a date. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof TomlDate);
}

/** Replaces dates by text: a schema would take one for an empty table. */
export function withDatesAsText(document: TomlTable): TomlTable {
  for (const [name, content] of Object.entries(document)) {
    if (content instanceof TomlDate) document[name] = content.toISOString();
  }
  return document;
}
