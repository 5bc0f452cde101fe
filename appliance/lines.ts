import type { Readable } from 'node:stream';

import type { z } from 'zod';

import { err, ok, type Result } from './result.js';

export type LineFault = 'line-too-long' | 'line-not-understood';

/**
 * Reads one JSON object a line and parses each with `schema`. Anything that does not fit is yielded as an
 * error, and ends the iteration: what talks nonsense once is not listened to again. Without a newline no more
 * than `longest` bytes are ever held.
 */
export async function* readLines<T>(
  stream: Readable,
  schema: z.ZodType<T>,
  longest: number,
): AsyncGenerator<Result<T, LineFault>> {
  let held = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held = Buffer.concat([held, chunk]);
    for (let end = held.indexOf(0x0a); end >= 0; end = held.indexOf(0x0a)) {
      if (end > longest) {
        yield err('line-too-long');
        return;
      }
      const parsed = parseLine(held.subarray(0, end).toString('utf8'), schema);
      yield parsed;
      if (!parsed.ok) return;
      held = held.subarray(end + 1);
    }
    if (held.length > longest) {
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
