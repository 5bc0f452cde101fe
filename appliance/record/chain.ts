import { createHash } from 'node:crypto';

import { err, ok, type Result } from '../result.js';
import { entry, type AnyEntry } from './entry.js';
import { nextNumber, type Serials, withNumber, yearOf } from './number.js';

/** Bytes in the longest entry, without its newline. A longer line was not written by this software. */
export const longestLine = 4096;

/** The state of a chain: all that is needed to append an entry or to check the next. */
export type Chain = {
  readonly lines: number;
  readonly first: AnyEntry | undefined;
  readonly last: AnyEntry | undefined;
  /** The last serial number of each year. */
  readonly serials: Serials;
  /** Time of the last entry with a trusted time, in milliseconds since 1970. */
  readonly trustedAt: number | undefined;
  /** sha256 of the last line, in hexadecimal. The next entry holds it as `previous`. */
  readonly hash: string;
};

/** A chain with at least one entry. */
export type NonEmptyChain = Chain & { readonly last: AnyEntry };

export const emptyChain: Chain = {
  lines: 0,
  first: undefined,
  last: undefined,
  serials: new Map(),
  trustedAt: undefined,
  hash: '0'.repeat(64),
};

/** Why a line does not continue the chain. */
export type ChainFault =
  | 'too-long'
  | 'not-json'
  /** JSON, but not an entry in its canonical bytes. */
  | 'not-an-entry'
  /** `previous` is not the hash of the line before: one of the two was changed. */
  | 'previous-differs'
  | 'number-does-not-follow'
  /** From an earlier boot than the line before, or not later within the same boot. */
  | 'boot-does-not-follow';

/** Checks that a line, without its newline, continues the chain. */
export function checkLine(chain: Chain, line: Uint8Array): Result<NonEmptyChain, ChainFault> {
  const read = readEntry(line);
  if (!read.ok) return read;
  if (read.value.previous !== chain.hash) return err('previous-differs');
  const { number } = read.value;
  if (number !== nextNumber(chain.serials, yearOf(number))) return err('number-does-not-follow');
  if (!comesAfter(chain.last, read.value)) return err('boot-does-not-follow');
  return ok(appendEntry(chain, read.value, line));
}

/** Compares boots and ticks, which only grow. The wall clock may have jumped between two entries. */
function comesAfter(before: AnyEntry | undefined, next: AnyEntry): boolean {
  if (before === undefined || before.version === 1) return true;
  if (next.version === 1) return false;
  return next.boot > before.boot || (next.boot === before.boot && next.tick > before.tick);
}

/** Appends an entry; `line` must be its bytes. */
export function appendEntry(chain: Chain, added: AnyEntry, line: Uint8Array): NonEmptyChain {
  return {
    lines: chain.lines + 1,
    first: chain.first ?? added,
    last: added,
    serials: withNumber(chain.serials, added.number),
    trustedAt: added.version !== 1 && added.timeTrusted ? Date.parse(added.endedAt) : chain.trustedAt,
    hash: createHash('sha256').update(line).digest('hex'),
  };
}

export function entryLine(written: AnyEntry): Buffer {
  return Buffer.from(JSON.stringify(written));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readEntry(line: Uint8Array): Result<AnyEntry, ChainFault> {
  if (line.length > longestLine) return err('too-long');
  let content: unknown;
  try {
    content = JSON.parse(utf8.decode(line));
  } catch {
    return err('not-json');
  }
  // With a repeated key or a stray space, two readers could see two different entries in one line.
  const canonical = Buffer.from(JSON.stringify(content)).equals(line);
  const parsed = entry.safeParse(content);
  return canonical && parsed.success ? ok(parsed.data) : err('not-an-entry');
}
