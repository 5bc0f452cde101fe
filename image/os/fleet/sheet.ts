import { CsvError, type Info, parse } from 'csv-parse/sync';

import { err, ok, type Result } from '../../../appliance/result.js';
import { meantBy } from '../../../appliance/settings/meant.js';
import type { Path } from '../../../appliance/settings/key-lines.js';
import { isKey, type SettingKey } from '../../../appliance/settings/settings.js';
import type { FleetProblem } from './problem.js';

/** A column: a setting, or the vendor's serial number of the box, which only its label has. */
export type Column = SettingKey | 'serial';

/** A line of the sheet with the cells that are not empty. */
export type Row = { readonly line: number; readonly cells: ReadonlyMap<Column, string> };

type Line = { readonly line: number; readonly cells: readonly string[] };

/**
 * Reads a CSV (RFC 4180) whose first line names the columns. Lines without any text, which spreadsheets leave at the
 * end, are skipped; blanks around a cell's text are cut off.
 *
 * @param name of the file, for problems
 * @returns the rows, and problems of single lines; or the problems because of which no line can be read
 */
export function readSheet(
  text: string,
  name: string,
): Result<
  { readonly rows: readonly Row[]; readonly problems: readonly FleetProblem[] },
  readonly FleetProblem[]
> {
  const lines = linesOf(text, name);
  if (!lines.ok) return lines;
  const [heading, ...rest] = lines.value;
  const columns = columnsOf(heading, name);
  if (!columns.ok) return columns;
  const filled = rest.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (filled.length === 0) {
    return err([
      {
        file: name,
        line: heading.line,
        ja: '見出しの下に、装置が1台もありません。1台を1行に書いてください。',
        en: 'there is no box below the heading. Write one line for each box.',
      },
    ]);
  }
  const problems = filled.flatMap(({ line, cells }) =>
    cells.slice(columns.value.length).some((cell) => cell !== '')
      ? [
          {
            file: name,
            line,
            ja: '見出しより列が多くあります。コンマを含む文は " で囲みます。',
            en: 'has more cells than the heading. A text with a comma needs quotation marks.',
          },
        ]
      : [],
  );
  const rows = filled.map(({ line, cells }) => ({
    line,
    cells: new Map(
      columns.value.flatMap((column, i) => {
        const cell = cells.at(i) ?? '';
        return column === undefined || cell === '' ? [] : [[column, cell] as const];
      }),
    ),
  }));
  return ok({ rows, problems });
}

/** At least one line: the text of a file is not empty. */
function linesOf(text: string, name: string): Result<readonly [Line, ...Line[]], readonly FleetProblem[]> {
  try {
    const records = parse(text, {
      info: true,
      relax_column_count: true,
      trim: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as readonly {
      readonly record: readonly string[];
      readonly info: Info;
    }[];
    let before = 0;
    const lines = records.map(({ record, info }) => {
      const line = before + 1;
      before = info.lines;
      return { line, cells: record };
    });
    return ok(lines as unknown as readonly [Line, ...Line[]]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return err([
      {
        file: name,
        line: (error as unknown as { readonly lines: number }).lines,
        ja: 'この行までの " が合いません。文を囲む " は、始まりと終わりに1つずつ、文の中では "" と書きます。',
        en: 'the quotation marks up to here do not match: one before and one after a text, two for one inside it.',
      },
    ]);
  }
}

/** @returns undefined for a column without a heading */
function columnsOf(
  { line, cells }: Line,
  file: string,
): Result<readonly (Column | undefined)[], readonly FleetProblem[]> {
  const problems = cells.flatMap((cell, i) => {
    if (cell === '') return [];
    const again = cells.indexOf(cell) < i;
    if (!again && (cell === 'serial' || isKey(cell))) return [];
    return [{ file, line, ...(again ? twiceWords(cell) : headingWords(cell)) }];
  });
  if (problems.length > 0) return err(problems);
  return ok(cells.map((cell) => (cell === '' ? undefined : (cell as Column))));
}

function twiceWords(cell: string): { ja: string; en: string } {
  return {
    ja: `見出し ${JSON.stringify(cell)} が2つあります。1つにしてください。`,
    en: `the heading ${JSON.stringify(cell)} is there twice. Leave one.`,
  };
}

function headingWords(cell: string): { ja: string; en: string } {
  const meant = cell.length <= 60 ? meantBy(cell.split('.').slice(0, 2) as unknown as Path) : undefined;
  const known = isKey(meant)
    ? { ja: `${meant} のまちがいではありませんか。`, en: `Is ${meant} meant?` }
    : {
        ja: '見出しには、設定の名前（place.counter など）か serial を書きます。',
        en: 'A heading is the name of a setting, such as place.counter, or serial.',
      };
  const shown = JSON.stringify(cell.slice(0, 60));
  return { ja: `見出し ${shown} は使えません。${known.ja}`, en: `there is no heading ${shown}. ${known.en}` };
}
