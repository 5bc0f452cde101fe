import { constants, open, stat } from 'node:fs/promises';

import { isSystemError } from '../record/fault.js';
import { err, ok, type Result } from '../result.js';
import type { FileProblem } from './problem.js';

/**
 * The bytes of a file: of a real one only, since a pipe or a device might never end, and never more of it than
 * was asked for, whatever size a file system with a fault tells.
 *
 * @param largest in bytes
 */
export async function readBytes(file: string, largest: number): Promise<Result<Uint8Array, FileProblem>> {
  try {
    if (!(await stat(file)).isFile()) return err({ what: 'unreadable' });
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const held = Buffer.alloc(largest + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await handle.read(held, length, held.length - length, null);
        length += bytesRead;
        if (length > largest) return err({ what: 'too-large' });
        if (bytesRead === 0) return ok(held.subarray(0, length));
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err({ what: error.code === 'ENOENT' ? 'missing' : 'unreadable' });
  }
}
