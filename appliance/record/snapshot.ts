import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

import { err, ok, type Result } from '../result.js';
import { longestLine } from './chain.js';
import type { AnyEntry } from './entry.js';
import { isSystemError } from './fault.js';
import type { NotVerified } from './verify.js';
import { readChain } from './read-chain.js';

/** The record file at one moment, to be copied. */
export type RecordsSnapshot = {
  /** Identifies a copy. */
  readonly label: {
    readonly span?: { readonly first: string; readonly last: string };
    readonly box: string;
  };
  readonly bytes: number;
  /** Number of records up to where the chain breaks. */
  readonly count: number;
  /** Where and why it breaks. It is copied all the same: it is evidence. */
  readonly broken: Exclude<NotVerified, { why: 'unreadable' }> | undefined;
  /** Its bytes, unchanged, in chunks of at most so many. */
  readonly chunks: (longest: number) => AsyncIterable<Buffer>;
};

/** Checks the record file as it is now. Records appended later are not part of the copy. */
export async function snapshotRecords(
  file: string,
): Promise<Result<RecordsSnapshot, 'no-records' | 'records-unreadable'>> {
  try {
    const { bytes, box } = await inspect(file);
    if (bytes === 0) return err('no-records');
    const seen: { count: number; first?: AnyEntry; last?: AnyEntry } = { count: 0 };
    const read = await readChain(
      file,
      (entry) => {
        seen.count += 1;
        seen.first ??= entry;
        seen.last = entry;
      },
      bytes,
    );
    const { count, first, last } = seen;
    const torn = read.ok && read.value.torn ? ({ why: 'torn', line: count + 1 } as const) : undefined;
    return ok({
      label: { ...(first && last ? { span: { first: first.number, last: last.number } } : {}), box },
      bytes,
      count,
      broken: read.ok ? torn : read.error,
      chunks: (longest) => chunksOf(file, bytes, longest),
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err(error.code === 'ENOENT' ? 'no-records' : 'records-unreadable');
  }
}

/** Opens the file only when it is read: an error of a stream that nobody reads would end the process. */
async function* chunksOf(file: string, bytes: number, longest: number): AsyncGenerator<Buffer> {
  yield* createReadStream(file, { end: bytes - 1, highWaterMark: longest }) as AsyncIterable<Buffer>;
}

/** The file's length, and what identifies its chain: a hash of the first record, unique to a box. */
async function inspect(file: string): Promise<{ readonly bytes: number; readonly box: string }> {
  const handle = await open(file, 'r');
  try {
    const { size: bytes } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestLine + 1), 0, longestLine + 1, 0);
    const head = buffer.subarray(0, bytesRead);
    const end = head.indexOf('\n');
    const line = end < 0 ? head : head.subarray(0, end);
    return { bytes, box: createHash('sha256').update(line).digest('hex').slice(0, 8) };
  } finally {
    await handle.close();
  }
}
