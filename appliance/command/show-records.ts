import type { AnyEntry } from '../record/entry.js';
import { exitCode } from './exit-code.js';
import { outcomeWords } from './outcome-words.js';
import { print } from './print.js';
import { readRecords } from './read-records.js';

/** How many lines are shown where nothing else is asked for. */
const usual = 20;

type Wanted = { readonly number?: string | undefined; readonly last?: number | undefined };

/** Prints the lines of one record number, or the last ones, in words. @param file of the records */
export async function showRecords(
  file: string,
  { number, last = usual }: Wanted,
  json: boolean,
): Promise<number> {
  const shown: AnyEntry[] = [];
  const take = (entry: AnyEntry): void => {
    if (number !== undefined && entry.number !== number) return;
    shown.push(entry);
    if (number === undefined && shown.length > last) shown.shift();
  };
  const failed = await readRecords(file, take, json);
  if (failed !== undefined) return failed;
  print(json, { records: shown }, () =>
    shown.length === 0
      ? 'その記録はありません / no such record\n'
      : shown.map((entry) => `${said(entry)}\n`).join(''),
  );
  return shown.length > 0 || number === undefined ? exitCode.done : exitCode.failed;
}

function said(entry: AnyEntry): string {
  return `${entry.number}  ${entry.endedAt.slice(0, 19).replace('T', ' ')}  ${whatOf(entry)}`;
}

function whatOf(entry: AnyEntry): string {
  if ('vendor' in entry)
    return `業者 / vendor: ${entry.vendor}${entry.why === undefined ? '' : ` (${entry.why})`}`;
  if ('kind' in entry) return entry.kind === 'interrupted' ? '途切れた / interrupted' : begun(entry.inForce);
  const { outcome, fault, similarity, threshold, findings, practice } = entry;
  const parts = [
    outcomeWords[outcome],
    ...(similarity === undefined
      ? []
      : [`類似度 / similarity ${similarity}（基準 / threshold ${threshold ?? '–'}）`]),
    ...(fault === undefined ? [] : [`(${fault})`]),
    ...findings.map(({ side, code }) => `${side} ${code}`),
    ...(practice ? ['練習 / practice'] : []),
  ];
  return parts.join('  ');
}

function begun({
  weakened,
  changed,
}: {
  readonly weakened: readonly string[];
  readonly changed: readonly string[];
}): string {
  const parts = [
    '始まり / begun',
    ...(changed.length > 0 ? [`変わったこと / changed: ${changed.join(', ')}`] : []),
    ...(weakened.length > 0 ? [`弱くした設定 / weakened: ${weakened.join(', ')}`] : []),
  ];
  return parts.join('  ');
}
