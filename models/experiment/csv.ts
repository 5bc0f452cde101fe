import * as z from 'zod';

import { err, ok, type Result } from '../../appliance/result.js';
import { type Problem, problems } from './problems.js';

/** One line of a list of pairs: two pictures, and whether they show the same person. */
export type Row = { readonly a: string; readonly b: string; readonly same: boolean; readonly line: number };

const name = z.string().trim().min(1).max(4096);
const row = z.tuple([
  name,
  name,
  z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(['1', '0', 'true', 'false'])),
]);
const header = z.tuple([z.literal('a'), z.literal('b'), z.literal('same')]);

/**
 * Parses a list of pairs: CSV (RFC 4180) with the header `a,b,same`. A field with a comma must be quoted;
 * line breaks in fields are not supported. Empty lines are skipped.
 */
export function parsePairs(text: string, file: string): Result<Row[], Problem> {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!header.safeParse(fieldsOf(first)?.map((field) => field.trim())).success) {
    return err(problems.csvHeader(file));
  }
  const rows: Row[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const parsed = row.safeParse(fieldsOf(line));
    if (!parsed.success) return err(problems.csvRow(file, index + 2));
    const [a, b, same] = parsed.data;
    rows.push({ a, b, same: same === '1' || same === 'true', line: index + 2 });
  }
  const bothKinds = rows.some(({ same }) => same) && rows.some(({ same }) => !same);
  return bothKinds ? ok(rows) : err(problems.csvOneKind(file));
}

/** Splits a line of CSV into fields; undefined if its quotation marks are malformed. */
export function fieldsOf(line: string): string[] | undefined {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  while (field.lastIndex <= line.length) {
    const match = field.exec(line);
    if (!match) return undefined;
    const [quoted, plain, end] = [match.at(1), match.at(2), match.at(3)];
    fields.push(plain ?? quoted!.replaceAll('""', '"'));
    if (end === '') return fields;
  }
  return undefined;
}
