import { constants, open, stat } from 'node:fs/promises';

import { isSystemError } from '../record/fault.js';
import { err, ok, type Result } from '../result.js';
import type { FileProblem } from './problem.js';

/**
 * Reads a regular file. A pipe or a device is refused, since it might never end, and so is a file that turns out to be
 * longer than `largest`, whatever size a faulty file system claims.
 *
 * @param largest in bytes
 */
export async function readBytes(file: string, largest: number): Promise<Result<Uint8Array, FileProblem>> {
  try {
    if (!(await stat(file)).isFile()) return err({ what: 'unreadable' });
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(largest + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
        length += bytesRead;
        if (length > largest) return err({ what: 'too-large' });
        if (bytesRead === 0) return ok(buffer.subarray(0, length));
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err({ what: error.code === 'ENOENT' ? 'missing' : 'unreadable' });
  }
}
