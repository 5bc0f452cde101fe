import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { writeFault } from '../record/fault.js';
import { hasDiskSpace } from '../record/disk-space.js';
import { type Checked, failed, warning, well } from './check.js';

/** In bytes, room for 4,000 visits of 4 KiB: with less, somebody should export the records. */
const comfortable = 16 * 1024 * 1024;

/** Checks that the folder of the record file is writable and has room. */
export async function checkDisk(recordFile: string): Promise<Checked> {
  try {
    const folder = await nearestExisting(dirname(recordFile));
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const numbers = { freeMegabytes: Math.floor(free / 1e6) };
    const room = await hasDiskSpace(join(folder, basename(recordFile)));
    if (!room.ok) return failed('disk', room.error, numbers);
    await access(folder, constants.W_OK | constants.X_OK);
    return free < comfortable ? warning('disk', 'disk-low', numbers) : well('disk', numbers);
  } catch (error) {
    return failed('disk', writeFault(error));
  }
}

/** The folder, or the nearest parent that exists. */
async function nearestExisting(folder: string): Promise<string> {
  try {
    await access(folder);
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && above !== folder) return nearestExisting(above);
  }
  return folder;
}
