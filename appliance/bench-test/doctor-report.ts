import type { Checked } from '../health/check.js';
import { checkInJson, checkLines } from '../panel/words/check-lines.js';
import { boxLines, type Report } from './report.js';

/** The report of a self-test alone. */
export type DoctorReport = Pick<Report, 'software' | 'model' | 'box' | 'begunAt' | 'endedAt'> & {
  readonly checks: readonly Checked[];
};

export function doctorInJson({ checks, ...rest }: DoctorReport) {
  return { ...rest, checks: checks.map(checkInJson) };
}

export function doctorInWords(report: DoctorReport): string {
  return [...boxLines(report), '', ...report.checks.flatMap(checkLines), ''].join('\n');
}
