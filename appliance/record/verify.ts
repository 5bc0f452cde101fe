import { err, ok, type Result } from '../result.js';
import type { AnyEntry } from './entry.js';
import { isSystemError } from './fault.js';
import { type Times, Timesheet } from './times.js';
import { walk, type Break } from './walk.js';

export type Verified = Times & {
  readonly count: number;
  readonly first: AnyEntry | undefined;
  readonly last: AnyEntry | undefined;
};

export type NotVerified =
  | Break
  /** The last line is cut off: it was being written when the power went. */
  | { readonly why: 'torn'; readonly line: number }
  /** The file cannot be read; `code` is the system's, such as `ENOENT`. */
  | { readonly why: 'unreadable'; readonly code: string };

/**
 * Checks a record file without changing it: every line an entry, numbered in order, later than the line before
 * by boot and tick, and holding its hash. Whether the times are true is no part of it, but is told. What was changed in the last line alone, and still is an entry, no chain can tell.
 */
export async function verifyRecords(file: string): Promise<Result<Verified, NotVerified>> {
  try {
    const sheet = new Timesheet();
    const walked = await walk(file, (entry) => sheet.add(entry));
    if (!walked.ok) return walked;
    const { chain, torn } = walked.value;
    if (torn !== undefined) return err({ why: 'torn', line: chain.lines + 1 });
    return ok({ count: chain.lines, first: chain.first, last: chain.last, ...sheet.times });
  } catch (error) {
    if (isSystemError(error)) return err({ why: 'unreadable', code: error.code });
    throw error;
  }
}
