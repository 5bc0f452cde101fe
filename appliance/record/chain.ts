import { createHash } from 'node:crypto';

import { err, ok, type Result } from '../result.js';
import { entry, type Entry } from './entry.js';
import { numberAfter } from './number.js';

/** No entry is longer than this, in bytes and without its newline; what is longer was not written by us. */
export const longestLine = 4096;

/** How far a chain of entries reaches: all that is needed to add one, or to check the next. */
export type Chain = {
  readonly lines: number;
  readonly first: Entry | undefined;
  readonly last: Entry | undefined;
  /** sha256 of the last line, hexadecimal; the next entry holds it as `previous`. */
  readonly hash: string;
};

export const emptyChain: Chain = { lines: 0, first: undefined, last: undefined, hash: '0'.repeat(64) };

/** Why a line does not continue the chain. */
export type Misfit =
  | 'too-long'
  | 'not-json'
  /** JSON, but not an entry in exactly the bytes in which one is written. */
  | 'not-an-entry'
  /** `previous` is not the hash of the line before: this line or the one before was changed. */
  | 'previous-differs'
  | 'number-does-not-follow';

/** Checks that a line, given without its newline, continues the chain. */
export function checkedLink(chain: Chain, line: Uint8Array): Result<Chain, Misfit> {
  const read = readEntry(line);
  if (!read.ok) return read;
  if (read.value.previous !== chain.hash) return err('previous-differs');
  const { number } = read.value;
  if (number !== numberAfter(chain.last?.number, number)) return err('number-does-not-follow');
  return ok(link(chain, read.value, line));
}

/** The chain with one more entry, which `line` is known to hold. */
export function link(chain: Chain, added: Entry, line: Uint8Array): Chain {
  return {
    lines: chain.lines + 1,
    first: chain.first ?? added,
    last: added,
    hash: createHash('sha256').update(line).digest('hex'),
  };
}

export function entryLine(written: Entry): Buffer {
  return Buffer.from(JSON.stringify(written));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readEntry(line: Uint8Array): Result<Entry, Misfit> {
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
