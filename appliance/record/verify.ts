import { err, ok, type Result } from '../result.js';
import type { Entry } from './entry.js';
import { isSystemError } from './fault.js';
import { walk, type Break } from './walk.js';

export type Verified = {
  readonly count: number;
  readonly first: Entry | undefined;
  readonly last: Entry | undefined;
};

export type NotVerified =
  | Break
  /** The last line is cut off: it was being written when the power went. */
  | { readonly why: 'torn'; readonly line: number }
  /** The file cannot be read; `code` is the system's, such as `ENOENT`. */
  | { readonly why: 'unreadable'; readonly code: string };

/**
 * Checks a record file without changing it: every line an entry, numbered in order, holding the hash of the
 * line before. What was changed in the last line alone, and still is an entry, no chain can tell.
 */
export async function verifyRecords(file: string): Promise<Result<Verified, NotVerified>> {
  try {
    const walked = await walk(file);
    if (!walked.ok) return walked;
    const { chain, torn } = walked.value;
    if (torn !== undefined) return err({ why: 'torn', line: chain.lines + 1 });
    return ok({ count: chain.lines, first: chain.first, last: chain.last });
  } catch (error) {
    if (isSystemError(error)) return err({ why: 'unreadable', code: error.code });
    throw error;
  }
}
