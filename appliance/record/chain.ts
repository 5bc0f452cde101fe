import { createHash } from 'node:crypto';

import { err, ok, type Result } from '../result.js';
import { entry, type AnyEntry, type BegunEntry } from './entry.js';
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
  /** The last visit that began, and its line, counted from 1. */
  readonly begun: BegunEntry | undefined;
  readonly begunAt: number;
  /** Whether that visit goes on, was interrupted, or has its end. */
  readonly visit: 'open' | 'interrupted' | 'closed';
  /** sha256 of the first line; 64 zeros without one. It tells one box's chain from another's. */
  readonly origin: string;
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
  begun: undefined,
  begunAt: 0,
  visit: 'closed',
  origin: '0'.repeat(64),
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
  /** A visit begins before the one before it ended, or an interruption is told of no visit. */
  | 'visit-does-not-follow'
  /** From an earlier boot than the line before, or not later within the same boot. */
  | 'boot-does-not-follow';

/** Checks that a line, without its newline, continues the chain. */
export function checkLine(chain: Chain, line: Uint8Array): Result<NonEmptyChain, ChainFault> {
  const read = readEntry(line);
  if (!read.ok) return read;
  if (read.value.previous !== chain.hash) return err('previous-differs');
  if (!visitFollows(chain, read.value)) return err('visit-does-not-follow');
  if (read.value.number !== numberFor(chain, read.value)) return err('number-does-not-follow');
  if (!comesAfter(chain.last, read.value)) return err('boot-does-not-follow');
  return ok(appendEntry(chain, read.value, line));
}

/** One visit at a time. A vendor's line may lie within one: a stick can be refused at any time. */
function visitFollows(chain: Chain, next: AnyEntry): boolean {
  return next.version !== 4 || (next.kind === 'begun') !== (chain.visit === 'open');
}

/** An end has the number of the visit that began; every other line has a new one. */
function numberFor(chain: Chain, next: AnyEntry): string {
  const opens = next.version === 3 || (next.version === 4 && next.kind === 'begun');
  const open = opens ? undefined : openNumber(chain);
  return open ?? nextNumber(chain.serials, yearOf(next.number));
}

/** Compares boots and ticks, which only grow. The wall clock may have jumped between two entries. */
function comesAfter(before: AnyEntry | undefined, next: AnyEntry): boolean {
  if (before === undefined || before.version === 1) return true;
  if (next.version === 1) return false;
  return next.boot > before.boot || (next.boot === before.boot && next.tick > before.tick);
}

/** Appends an entry; `line` must be its bytes. */
export function appendEntry(chain: Chain, added: AnyEntry, line: Uint8Array): NonEmptyChain {
  const hash = entryHash(line);
  return {
    lines: chain.lines + 1,
    first: chain.first ?? added,
    last: added,
    serials: closes(chain, added) ? chain.serials : withNumber(chain.serials, added.number),
    trustedAt: added.version !== 1 && added.timeTrusted ? Date.parse(added.endedAt) : chain.trustedAt,
    ...visitAfter(chain, added),
    origin: chain.lines === 0 ? hash : chain.origin,
    hash,
  };
}

/** Whether the entry ends the visit that began, and so has its number. */
function closes(chain: Chain, added: AnyEntry): boolean {
  return added.number === openNumber(chain);
}

function visitAfter(chain: Chain, added: AnyEntry): Pick<Chain, 'begun' | 'begunAt' | 'visit'> {
  const { begun, begunAt, visit } = chain;
  if (added.version === 3) return { begun, begunAt, visit };
  if (added.version !== 4) return { begun, begunAt, visit: 'closed' };
  return added.kind === 'begun'
    ? { begun: added, begunAt: chain.lines + 1, visit: 'open' }
    : { begun, begunAt, visit: 'interrupted' };
}

/** sha256 of a line without its newline, in hexadecimal. */
export function entryHash(line: Uint8Array): string {
  return createHash('sha256').update(line).digest('hex');
}

export function entryLine(written: AnyEntry): Buffer {
  return Buffer.from(JSON.stringify(written));
}

/** The number of an end, or undefined while no visit goes on. */
export function openNumber({ visit, begun }: Chain): string | undefined {
  return visit === 'open' ? begun?.number : undefined;
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
