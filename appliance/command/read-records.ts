import { linesAt } from '../panel/words/bilingual.js';
import type { AnyEntry } from '../record/entry.js';
import { isSystemError } from '../record/fault.js';
import { readChain } from '../record/read-chain.js';
import { notVerifiedWords } from '../record/words.js';
import { exitCode } from './exit-code.js';
import { print } from './print.js';

/**
 * Reads each record of a file whose lines fit together. Whether they are all, and the box's own, is `records verify`'s to say.
 *
 * @param take receives each record, in its order
 * @returns undefined, or the exit code where the file cannot be read or its chain breaks, which has been printed then
 */
export async function readRecords(
  file: string,
  take: (entry: AnyEntry) => void,
  json: boolean,
): Promise<number | undefined> {
  try {
    const read = await readChain(file, take);
    if (read.ok) return undefined;
    const { why, line } = read.error;
    return complain(`${line} 行目 / line ${line}`, { why, line }, exitCode.failed, json);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return complain(file, { why: 'unreadable' }, exitCode.badUsage, json);
  }
}

function complain(
  where: string,
  fault: { readonly why: keyof typeof notVerifiedWords; readonly line?: number },
  code: number,
  json: boolean,
): number {
  const words = notVerifiedWords[fault.why];
  print(json, { whole: false, ...fault, ...words }, () => linesAt(where, words), process.stderr);
  return code;
}
