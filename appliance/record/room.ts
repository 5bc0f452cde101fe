import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { writeFault, type WriteFault } from './fault.js';

/** A visit begins only with this many bytes free: ours are 4096 at most, the rest is for what else writes. */
export const roomNeeded = 1024 * 1024;

/** Whether the record of one more visit will find room; asked before the visit begins. */
export async function diskHasRoom(file: string): Promise<Result<undefined, WriteFault>> {
  try {
    const { bavail, bsize } = await statfs(dirname(file));
    return bavail * bsize >= roomNeeded ? ok() : err('record-disk-full');
  } catch (error) {
    return err(writeFault(error));
  }
}
