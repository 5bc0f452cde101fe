import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { syncFolder } from './folder.js';

/**
 * Writes a file whole or not at all: a new one, fsync, then its right name, fsync of the folder, so that a power
 * cut leaves the old one or the new. What a cut left of a new one is overwritten by the next.
 *
 * @throws the system's error where it cannot be written; the old file is then as it was
 */
export async function writeWhole(path: string, content: string, mode = 0o666): Promise<void> {
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
