import { resolve } from 'node:path';

import { isSystemError } from '../record/fault.js';
import { writeAtomically } from '../record/write-atomically.js';
import { err, ok, type Result } from '../result.js';
import { type Report, reportInJson, reportInWords } from './report.js';
import { type Bilingual, words } from './words.js';

/** The report as `--json` prints it. */
export function jsonOf(report: Report): string {
  return `${JSON.stringify(reportInJson(report), undefined, 2)}\n`;
}

/**
 * Writes NAME.txt and NAME.json, each atomically. Resolves to their paths, or to the one that cannot be written and why.
 *
 * @param name with either extension, or none
 */
export async function writeReport(
  name: string,
  report: Report,
): Promise<Result<string, Bilingual & { readonly file: string }>> {
  const path = resolve(name.replace(/\.(txt|json)$/, ''));
  const files = { [`${path}.txt`]: reportInWords(report), [`${path}.json`]: jsonOf(report) };
  for (const [file, content] of Object.entries(files)) {
    try {
      await writeAtomically(file, content);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return err({ file, ...(words.unwritten[error.code] ?? words.unwritable) });
    }
  }
  return ok(Object.keys(files).join(' '));
}

/** A unique name for each box and test, in the current folder. */
export function reportName({ serial, name }: Report['box'], begunAt: string): string {
  const box = (serial ?? name).replace(/[^\w.-]/g, '_');
  return `bench-test-${box}-${begunAt.slice(0, 16).replace(/\D/g, '')}`;
}
