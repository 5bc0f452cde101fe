import { createReadStream } from 'node:fs';

import { err, ok, type Result } from '../result.js';
import { checkLine, emptyChain, longestLine, type Chain, type ChainFault } from './chain.js';
import type { AnyEntry } from './entry.js';
import { isSystemError } from './fault.js';

/** The first line, counted from 1, that does not continue the chain. */
export type Break = { readonly line: number; readonly why: ChainFault };

export type ChainRead = {
  readonly chain: Chain;
  /** Bytes of the chain's lines with their newlines: where the next entry begins. */
  readonly length: number;
  /** A last line that a power cut tore: it has no newline, or it is not JSON and nothing follows it. */
  readonly torn: Uint8Array | undefined;
};

/**
 * Reads a record file line by line, in constant memory, and checks that it is one chain. Throws system errors.
 *
 * @param visit receives each entry of the chain
 * @param bytes reads only so many from the beginning
 */
export async function readChain(
  file: string,
  visit: (entry: AnyEntry) => void = () => undefined,
  bytes = Infinity,
): Promise<Result<ChainRead, Break>> {
  let chain = emptyChain;
  let length = 0;
  const lines = rawLines(file, bytes);
  for await (const line of lines) {
    if (line.at(-1) !== newline && line.length <= longestLine) return ok({ chain, length, torn: line });
    const linked = checkLine(chain, line.subarray(0, -1));
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

/** The same; a missing file is an empty chain. */
export async function readChainIfThere(file: string): Promise<Result<ChainRead, Break>> {
  try {
    return await readChain(file);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    return ok({ chain: emptyChain, length: 0, torn: undefined });
  }
}

const newline = 0x0a;

/** The file's lines, each with its newline. A line without end is cut after `longestLine`. */
async function* rawLines(file: string, bytes: number): AsyncGenerator<Buffer> {
  let buffered: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { end: bytes - 1 }) as AsyncIterable<Buffer>) {
    buffered = buffered.length > 0 ? Buffer.concat([buffered, chunk]) : chunk;
    for (let end = buffered.indexOf(newline); end >= 0; end = buffered.indexOf(newline)) {
      yield buffered.subarray(0, end + 1);
      buffered = buffered.subarray(end + 1);
    }
    if (buffered.length > longestLine) break;
  }
  if (buffered.length > 0) yield buffered;
}
