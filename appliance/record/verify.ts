import { access } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';
import type { AnyEntry } from './entry.js';
import { readIfThere } from './folder.js';
import { isSystemError } from './fault.js';
import { headFile } from './head.js';
import type { Break } from './read-chain.js';
import { type Companions, readSealedChain, type SealedChain, type Tampered } from './sealed-chain.js';
import { type Times, TimesCollector } from './times.js';

export type Verified = Times & {
  readonly count: number;
  readonly first: AnyEntry | undefined;
  readonly last: AnyEntry | undefined;
  /** Which key signed the head, and whether the witness agrees; absent for a file from before heads were signed. */
  readonly seal?: {
    readonly key: string;
    readonly unsigned: number;
    readonly witnessed: boolean;
    readonly counted: 'agrees' | 'not-compared' | 'none';
  };
};

export type NotVerified =
  | Break
  | Tampered
  /** The last line is cut off or blank: the power failed while it was written. */
  | { readonly why: 'torn'; readonly line: number }
  /** The last line is in the head alone: the power failed before it was appended. The next start appends it. */
  | { readonly why: 'behind'; readonly line: number }
  /** The file cannot be read; `code` is the system's error code, such as `ENOENT`. */
  | { readonly why: 'unreadable'; readonly code: string };

/** How long a running box may take from the head to its line, in milliseconds. */
const appendMs = 300;

/**
 * Checks a record file and its companions, and changes nothing. Every line must be an entry that holds the hash of the
 * line before, has the right number, and comes later by boot and tick; the head must be signed by the box's key and name
 * the last line; the witness must agree. Untrusted times are listed but are no fault.
 */
export async function verifyRecords(
  file: string,
  companions: Companions = {},
): Promise<Result<Verified, NotVerified>> {
  for (;;) {
    const before = await headText(file);
    const verified = await verifyOnce(file, companions);
    // A running box goes on writing while its records are read.
    if (!verified.ok && verified.error.why === 'behind') await wait(appendMs);
    if (verified.ok || (await headText(file)) === before) {
      if (verified.ok || verified.error.why !== 'behind') return verified;
      return verifyOnce(file, companions);
    }
  }
}

const headText = (file: string) => readIfThere(headFile(file)).catch(() => undefined);

async function verifyOnce(file: string, companions: Companions): Promise<Result<Verified, NotVerified>> {
  try {
    const times = new TimesCollector();
    const read = await readSealedChain(file, companions, (entry) => times.add(entry));
    if (!read.ok) return read;
    const { chain, torn, state, head } = read.value;
    if (!head) await access(file);
    if (torn) return err({ why: 'torn', line: chain.lines + 1 });
    if (state === 'behind') return err({ why: 'behind', line: chain.lines + 1 });
    return ok({
      count: chain.lines,
      first: chain.first,
      last: chain.last,
      ...times.times,
      ...sealOf(read.value),
    });
  } catch (error) {
    if (isSystemError(error)) return err({ why: 'unreadable', code: error.code });
    throw error;
  }
}

function sealOf({ head, isWitnessed, counted }: SealedChain): Pick<Verified, 'seal'> {
  if (!head) return {};
  const agrees = counted.is === 'right' || counted.is === 'behind';
  const noTpm = head.counter === undefined ? 'none' : 'not-compared';
  return {
    seal: {
      key: head.key,
      unsigned: head.unsigned,
      witnessed: isWitnessed,
      counted: agrees ? 'agrees' : noTpm,
    },
  };
}
