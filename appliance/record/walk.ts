import { createReadStream } from 'node:fs';

import { err, ok, type Result } from '../result.js';
import { checkedLink, emptyChain, longestLine, type Chain, type Misfit } from './chain.js';
import type { AnyEntry } from './entry.js';
import { isSystemError } from './fault.js';

/** The first line, counted from 1, that does not continue the chain. */
export type Break = { readonly line: number; readonly why: Misfit };

export type Walk = {
  readonly chain: Chain;
  /** Length of the chain's lines with their newlines, in bytes: where the next entry begins. */
  readonly length: number;
  /** What a power cut left of one more line: it has no newline, or is not JSON and nothing follows it. */
  readonly torn: Uint8Array | undefined;
};

/**
 * Reads a record file from end to end, a line at a time, and checks that it is one chain. Memory does not grow
 * with the file. Throws what the file system throws.
 *
 * @param visit is shown each entry that continues the chain
 * @param bytes from its beginning; what comes after is not read
 */
export async function walk(
  file: string,
  visit: (entry: AnyEntry) => void = () => undefined,
  bytes = Infinity,
): Promise<Result<Walk, Break>> {
  let chain = emptyChain;
  let length = 0;
  const lines = rawLines(file, bytes);
  for await (const line of lines) {
    if (line.at(-1) !== newline && line.length <= longestLine) return ok({ chain, length, torn: line });
    const linked = checkedLink(chain, line.subarray(0, -1));
    if (!linked.ok) {
      const why = linked.error;
      const nothingFollows = why === 'not-json' && (await lines.next()).done === true;
      return nothingFollows ? ok({ chain, length, torn: line }) : err({ line: chain.lines + 1, why });
    }
    chain = linked.value;
    length += line.length;
    visit(linked.value.last);
  }
  return ok({ chain, length, torn: undefined });
}

/** The same, where a file that is not there yet is an empty chain. */
export async function walkIfThere(file: string): Promise<Result<Walk, Break>> {
  try {
    return await walk(file);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    return ok({ chain: emptyChain, length: 0, torn: undefined });
  }
}

const newline = 0x0a;

/** Lines as they lie in the file, each with its newline; of an endless one no more than its beginning. */
async function* rawLines(file: string, bytes: number): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { end: bytes - 1 }) as AsyncIterable<Buffer>) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    for (let end = held.indexOf(newline); end >= 0; end = held.indexOf(newline)) {
      yield held.subarray(0, end + 1);
      held = held.subarray(end + 1);
    }
    if (held.length > longestLine) break;
  }
  if (held.length > 0) yield held;
}
