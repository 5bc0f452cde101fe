import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { syncFolder } from './folder.js';

/**
 * Replaces a file atomically: writes a temporary file, syncs it, renames it, syncs the folder. A power cut leaves the old
 * file or the new one. A leftover temporary file is overwritten next time.
 *
 * @throws the system's error; the old file is then unchanged
 */
export async function writeAtomically(path: string, content: string, mode = 0o666): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    const file = await open(unfinished, 'w', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
