import type { Readable } from 'node:stream';

import type { z } from 'zod';

import { err, ok, type Result } from './result.js';

export type LineFault = 'line-too-long' | 'line-not-understood';

/**
 * Reads JSON lines and parses each with `schema`. The first line that does not fit is yielded as an error and ends the
 * iteration: a peer that breaks the protocol is not read again. Buffers at most `longest` bytes of an unfinished line.
 */
export async function* readLines<T>(
  stream: Readable,
  schema: z.ZodType<T>,
  longest: number,
): AsyncGenerator<Result<T, LineFault>> {
  let buffered = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    buffered = Buffer.concat([buffered, chunk]);
    for (let end = buffered.indexOf(0x0a); end >= 0; end = buffered.indexOf(0x0a)) {
      if (end > longest) {
        yield err('line-too-long');
        return;
      }
      const parsed = parseLine(buffered.subarray(0, end).toString('utf8'), schema);
      yield parsed;
      if (!parsed.ok) return;
      buffered = buffered.subarray(end + 1);
    }
    if (buffered.length > longest) {
      yield err('line-too-long');
      return;
    }
  }
}

export function parseLine<T>(line: string, schema: z.ZodType<T>): Result<T, 'line-not-understood'> {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? ok(parsed.data) : err('line-not-understood');
  } catch {
    return err('line-not-understood');
  }
}

export function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
