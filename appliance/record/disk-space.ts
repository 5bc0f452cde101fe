import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { writeFault, type WriteFault } from './fault.js';

/** Free bytes required before a visit begins. A record takes at most 4096; the rest is a reserve for other writers. */
export const minFreeBytes = 1024 * 1024;

/** Checks, before a visit begins, that its record will fit. */
export async function hasDiskSpace(file: string): Promise<Result<undefined, WriteFault>> {
  try {
    const { bavail, bsize } = await statfs(dirname(file));
    return bavail * bsize >= minFreeBytes ? ok() : err('record-disk-full');
  } catch (error) {
    return err(writeFault(error));
  }
}
