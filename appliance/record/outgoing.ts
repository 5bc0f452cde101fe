import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

import { err, ok, type Result } from '../result.js';
import { longestLine } from './chain.js';
import type { AnyEntry } from './entry.js';
import { isSystemError } from './fault.js';
import type { NotVerified } from './verify.js';
import { walk } from './walk.js';

/** The record file as it is taken out. */
export type Outgoing = {
  /** What a copy is known by. */
  readonly label: {
    readonly span?: { readonly first: string; readonly last: string };
    readonly box: string;
  };
  readonly bytes: number;
  /** How many records the chain holds, up to where it breaks. */
  readonly count: number;
  /** Where and why it breaks; it goes out all the same, since it is evidence. */
  readonly broken: Exclude<NotVerified, { why: 'unreadable' }> | undefined;
  /** Its bytes as they are, at most so many at a time. */
  readonly pieces: (longest: number) => AsyncIterable<Buffer>;
};

/** Checks the record file as it is now, and hands it out: what is appended meanwhile is no part of it. */
export async function outgoing(file: string): Promise<Result<Outgoing, 'no-records' | 'records-unreadable'>> {
  try {
    const { bytes, box } = await look(file);
    if (bytes === 0) return err('no-records');
    const held: { count: number; first?: AnyEntry; last?: AnyEntry } = { count: 0 };
    const walked = await walk(
      file,
      (entry) => {
        held.count += 1;
        held.first ??= entry;
        held.last = entry;
      },
      bytes,
    );
    const { count, first, last } = held;
    const torn = walked.ok && walked.value.torn ? ({ why: 'torn', line: count + 1 } as const) : undefined;
    return ok({
      label: { ...(first && last ? { span: { first: first.number, last: last.number } } : {}), box },
      bytes,
      count,
      broken: walked.ok ? torn : walked.error,
      pieces: (longest) => createReadStream(file, { end: bytes - 1, highWaterMark: longest }),
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err(error.code === 'ENOENT' ? 'no-records' : 'records-unreadable');
  }
}

/** How long the file is, and what tells its chain from others: no two begin with the same record. */
async function look(file: string): Promise<{ readonly bytes: number; readonly box: string }> {
  const handle = await open(file, 'r');
  try {
    const { size: bytes } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestLine + 1), 0, longestLine + 1, 0);
    const begun = buffer.subarray(0, bytesRead);
    const end = begun.indexOf('\n');
    const line = end < 0 ? begun : begun.subarray(0, end);
    return { bytes, box: createHash('sha256').update(line).digest('hex').slice(0, 8) };
  } finally {
    await handle.close();
  }
}
