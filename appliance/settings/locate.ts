import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { isSystemError } from '../record/fault.js';

/** On the boot partition, which a Windows PC can edit: Raspberry Pi OS since Debian 12, and before. */
export const onBootPartition: readonly string[] = ['/boot/firmware/terashi.toml', '/boot/terashi.toml'];

/**
 * Path of the settings file: the named one, that of the environment, or the first that exists; undefined if none does.
 *
 * @param elsewhere where to look if none is named
 */
export async function locateSettings(
  named = process.env.TERASHI_SETTINGS,
  elsewhere = onBootPartition,
): Promise<string | undefined> {
  // An empty variable counts as unset.
  if (named) return resolve(named);
  for (const file of elsewhere) {
    if ((await isThere(file)) || (await isThere(`${file}.txt`))) return file;
  }
  return undefined;
}

/** An inaccessible file counts as existing, so that reading it reports the problem. */
export async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code !== 'ENOENT' && error.code !== 'ENOTDIR';
  }
}
