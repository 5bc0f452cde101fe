import { createHash } from 'node:crypto';

import { err, ok, type Result } from '../result.js';
import { entry, type AnyEntry } from './entry.js';
import { numberAfter } from './number.js';

/** No entry is longer than this, in bytes and without its newline; what is longer was not written by us. */
export const longestLine = 4096;

/** How far a chain of entries reaches: all that is needed to add one, or to check the next. */
export type Chain = {
  readonly lines: number;
  readonly first: AnyEntry | undefined;
  readonly last: AnyEntry | undefined;
  /** When the last of them with a trusted time was written, in milliseconds since 1970. */
  readonly trustedAt: number | undefined;
  /** sha256 of the last line, hexadecimal; the next entry holds it as `previous`. */
  readonly hash: string;
};

/** A chain with at least one entry. */
export type Linked = Chain & { readonly last: AnyEntry };

export const emptyChain: Chain = {
  lines: 0,
  first: undefined,
  last: undefined,
  trustedAt: undefined,
  hash: '0'.repeat(64),
};

/** Why a line does not continue the chain. */
export type Misfit =
  | 'too-long'
  | 'not-json'
  /** JSON, but not an entry in exactly the bytes in which one is written. */
  | 'not-an-entry'
  /** `previous` is not the hash of the line before: this line or the one before was changed. */
  | 'previous-differs'
  | 'number-does-not-follow'
  /** Of an earlier boot than the line before, or not later within the same one. */
  | 'boot-does-not-follow';

/** Checks that a line, given without its newline, continues the chain. */
export function checkedLink(chain: Chain, line: Uint8Array): Result<Linked, Misfit> {
  const read = readEntry(line);
  if (!read.ok) return read;
  if (read.value.previous !== chain.hash) return err('previous-differs');
  const { number } = read.value;
  if (number !== numberAfter(chain.last?.number, number)) return err('number-does-not-follow');
  if (!comesAfter(chain.last, read.value)) return err('boot-does-not-follow');
  return ok(link(chain, read.value, line));
}

/** The wall clock may have gone anywhere between two entries; boots and the time within each only go on. */
function comesAfter(before: AnyEntry | undefined, next: AnyEntry): boolean {
  if (before?.version !== 2) return true;
  if (next.version !== 2) return false;
  return next.boot > before.boot || (next.boot === before.boot && next.tick > before.tick);
}

/** The chain with one more entry, which `line` is known to hold. */
export function link(chain: Chain, added: AnyEntry, line: Uint8Array): Linked {
  return {
    lines: chain.lines + 1,
    first: chain.first ?? added,
    last: added,
    trustedAt: added.version === 2 && added.timeTrusted ? Date.parse(added.endedAt) : chain.trustedAt,
    hash: createHash('sha256').update(line).digest('hex'),
  };
}

export function entryLine(written: AnyEntry): Buffer {
  return Buffer.from(JSON.stringify(written));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readEntry(line: Uint8Array): Result<AnyEntry, Misfit> {
  if (line.length > longestLine) return err('too-long');
  let content: unknown;
  try {
    content = JSON.parse(utf8.decode(line));
  } catch {
    return err('not-json');
  }
  // A repeated key or a stray space would let two readers see two different entries in one line.
  const canonical = Buffer.from(JSON.stringify(content)).equals(line);
  const parsed = entry.safeParse(content);
  return canonical && parsed.success ? ok(parsed.data) : err('not-an-entry');
}
