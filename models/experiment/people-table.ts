import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import * as z from 'zod';

import { err, ok, type Result } from '../../appliance/result.js';
import { fieldsOf } from './csv.js';
import type { Person } from './people.js';
import { type Problem, problems } from './problems.js';
import { strataAmong, type Traits } from './strata.js';

const columns = ['id', 'age', 'gender', 'ethnicity'] as const;

const name = z.string().trim().min(1).max(255);
const unknown = z
  .string()
  .trim()
  .regex(/^(nan)?$/i)
  .transform(() => undefined);
const age = z
  .string()
  .trim()
  .regex(/^\d{1,3}(\.\d+)?$/)
  .transform(Number)
  .pipe(z.number().max(130));
/** One spelling of `East Asian`, `east-asian` and `east_asian`. */
const word = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replaceAll(/[\s-]+/g, '_'))
  .pipe(z.string().regex(/^[\p{L}\p{M}\p{N}_]{1,40}$/u));
const row = z.tuple([name, unknown.or(age), unknown.or(word), unknown.or(word)]);

type Row = { readonly id: string; readonly line: number; readonly traits: Traits };

/**
 * Reads `people.csv`: what each person says of themselves, in the order of `people`. The columns are `id` (the name of the
 * person's folder), `age` in years, `gender` and `ethnicity`, in any order and beside others; empty or `NaN` is not known.
 * It is refused if its persons are not those of the folder, or if no two have the same gender.
 */
export async function readPeopleTable(
  file: string,
  people: readonly Person[],
): Promise<Result<readonly Traits[], Problem>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return err(problems.csvUnreadable(file));
  const rows = parsePeople(text, file);
  return rows.ok ? joined(rows.value, people.map(idOf), file) : rows;
}

/** Parses the lines of `people.csv` (RFC 4180, without line breaks in fields). Empty lines are skipped. */
export function parsePeople(text: string, file: string): Result<Row[], Problem> {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = fieldsOf(first)?.map((field) => field.trim().toLowerCase()) ?? [];
  const missing = columns.find((column) => !header.includes(column));
  if (missing) return err(problems.columnMissing(file, missing));
  const rows: Row[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const fields = fieldsOf(line);
    const parsed = row.safeParse(columns.map((column) => fields?.[header.indexOf(column)]));
    if (!parsed.success || fields?.length !== header.length) return err(problems.personRow(file, index + 2));
    const [id, age, gender, ethnicity] = parsed.data;
    rows.push({ id, line: index + 2, traits: { age, gender, ethnicity } });
  }
  return ok(rows);
}

/** The traits of each person of the folder. */
function joined(
  rows: readonly Row[],
  ids: readonly string[],
  file: string,
): Result<readonly Traits[], Problem> {
  const twice = rows.find(({ id }, i) => rows.findIndex((row) => row.id === id) < i);
  if (twice) return err(problems.personTwice(file, twice.line, twice.id));
  const absent = rows.find(({ id }) => !ids.includes(id));
  if (absent) return err(problems.personAbsent(file, absent.line, absent.id));
  const table = new Map(rows.map(({ id, traits }) => [id, traits]));
  const unlisted = ids.find((id) => !table.has(id));
  if (unlisted !== undefined) return err(problems.personUnlisted(file, unlisted));
  const traits = ids.map((id) => table.get(id)!);
  return strataAmong(traits).includes('sameGender') ? ok(traits) : err(problems.noStratum(file));
}

/** A person's name is that of the folder. */
function idOf(pictures: Person): string {
  return dirname(pictures[0]);
}
