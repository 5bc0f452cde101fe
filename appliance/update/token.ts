import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { isSystemError } from '../record/fault.js';
import { err, type Result } from '../result.js';
import { mount } from '../stick/mount.js';
import { findSticks } from '../stick/sticks.js';
import type { VendorFault } from '../protocol/vendor.js';
import { longestToken, readToken, type Token, tokenFile } from '../vendor/token.js';
import { readKeyring } from './rauc.js';

/** The vendor's token on the first stick that has one, or why it is none; undefined if no stick has such a file. */
export async function findToken(signal: AbortSignal): Promise<Result<Token, VendorFault> | undefined> {
  for (const stick of await findSticks(signal)) {
    const mounted = await mount(stick, 'read');
    if (!mounted.ok) continue;
    try {
      const content = await contentOf(join(mounted.value.point, tokenFile));
      if (content !== undefined) return content ? readToken(content, await readKeyring()) : err('torn');
    } finally {
      await mounted.value.unmount();
    }
  }
  return undefined;
}

/** The file's content, cut off beyond what a token can have; undefined if there is none, null if it cannot be read. */
async function contentOf(file: string): Promise<Buffer | null | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    // O_NONBLOCK: do not hang if it is a FIFO.
    const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      if (!(await handle.stat()).isFile()) return null;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestToken + 1), 0, longestToken + 1, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? undefined : null;
  }
}
