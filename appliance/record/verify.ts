import { err, ok, type Result } from '../result.js';
import type { AnyEntry } from './entry.js';
import { isSystemError } from './fault.js';
import { type Times, TimesCollector } from './times.js';
import { readChain, type Break } from './read-chain.js';

export type Verified = Times & {
  readonly count: number;
  readonly first: AnyEntry | undefined;
  readonly last: AnyEntry | undefined;
};

export type NotVerified =
  | Break
  /** The last line is cut off or blank: the power failed while it was written. */
  | { readonly why: 'torn'; readonly line: number }
  /** The file cannot be read; `code` is the system's error code, such as `ENOENT`. */
  | { readonly why: 'unreadable'; readonly code: string };

/**
 * Checks a record file, and changes nothing. Every line must be an entry that holds the hash of the line before, has
 * the next number, and comes later by boot and tick. Untrusted times are listed but are no fault. The chain does not
 * cover a change to the last line alone.
 */
export async function verifyRecords(file: string): Promise<Result<Verified, NotVerified>> {
  try {
    const times = new TimesCollector();
    const read = await readChain(file, (entry) => times.add(entry));
    if (!read.ok) return read;
    const { chain, torn } = read.value;
    if (torn) return err({ why: 'torn', line: chain.lines + 1 });
    return ok({ count: chain.lines, first: chain.first, last: chain.last, ...times.times });
  } catch (error) {
    if (isSystemError(error)) return err({ why: 'unreadable', code: error.code });
    throw error;
  }
}
