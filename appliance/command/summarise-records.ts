import { Summary, type Month } from '../record/summary.js';
import type { Outcome } from '../record/outcome.js';
import { exitCode } from './exit-code.js';
import { outcomeWords } from './outcome-words.js';
import { print } from './print.js';
import { readRecords } from './read-records.js';

/** Prints how many visits ended in which way, by month. @param file of the records */
export async function summariseRecords(file: string, json: boolean): Promise<number> {
  const summary = new Summary();
  const failed = await readRecords(file, (entry) => summary.add(entry), json);
  if (failed !== undefined) return failed;
  const { months } = summary;
  print(json, { months }, () =>
    months.length === 0 ? '来庁の記録はありません / no visit is recorded\n' : months.map(linesOf).join('\n'),
  );
  return exitCode.done;
}

function linesOf({ month, visits, outcomes, findings, interrupted, practice }: Month): string {
  const counted = Object.entries(outcomes) as [Outcome, number][];
  const lines = [
    `${month}  来庁 ${visits} 件 / ${visits} visits`,
    ...counted.map(([outcome, count]) => `  ${column(count)}  ${outcomeWords[outcome]}`),
    ...(interrupted > 0
      ? [`  ${column(interrupted)}  電源が切れて途切れた / interrupted by a power cut`]
      : []),
    ...Object.entries(findings).map(([code, count]) => `  ${column(count)}  写真 / pictures: ${code}`),
    ...(practice > 0 ? [`  ${column(practice)}  練習（数に入れない） / practice, not counted`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const column = (count: number): string => String(count).padStart(6);
