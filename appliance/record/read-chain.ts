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
  /** Whether a power cut tore what follows them (`isTorn`). */
  readonly torn: boolean;
};

/**
 * Reads a record file line by line, in constant memory, and checks that it is one chain. Throws system errors.
 *
 * @param visit receives each entry of the chain, and the chain up to it
 * @param bytes reads only so many from the beginning
 */
export async function readChain(
  file: string,
  visit: (entry: AnyEntry, chain: Chain) => void = () => undefined,
  bytes = Infinity,
): Promise<Result<ChainRead, Break>> {
  let chain = emptyChain;
  let length = 0;
  for await (const line of rawLines(file, bytes)) {
    const linked = line.at(-1) === newline ? checkLine(chain, line.subarray(0, -1)) : err(unfinished(line));
    if (!linked.ok) {
      const why = linked.error;
      const mayBeTorn = why === 'not-json' || why === 'too-long';
      const torn = mayBeTorn && (await isTorn(file, length, bytes));
      return torn ? ok({ chain, length, torn }) : err({ line: chain.lines + 1, why });
    }
    chain = linked.value;
    length += line.length;
    visit(linked.value.last, linked.value);
  }
  return ok({ chain, length, torn: false });
}

/** Why a line without a newline is no entry. */
function unfinished(line: Buffer): ChainFault {
  return line.length > longestLine ? 'too-long' : 'not-json';
}

/**
 * Whether the file, from there on, is what a power cut leaves: at most one line, cut off or with holes, and any number of
 * NUL bytes. A file system that recorded the new length of a file before its content reads as NUL there.
 */
async function isTorn(file: string, start: number, bytes: number): Promise<boolean> {
  let written = 0;
  let ended = false;
  for await (const chunk of createReadStream(file, { start, end: bytes - 1 }) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === 0) continue;
      if (ended) return false;
      ended = byte === newline;
      written += 1;
    }
    if (written > longestLine + 1) return false;
  }
  return true;
}

/** The same; a missing file is an empty chain. */
export async function readChainIfThere(
  file: string,
  visit?: (entry: AnyEntry, chain: Chain) => void,
): Promise<Result<ChainRead, Break>> {
  try {
    return await readChain(file, visit);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    return ok({ chain: emptyChain, length: 0, torn: false });
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
