import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { isSystemError } from '../record/fault.js';

/** On the boot partition, which a Windows PC can edit: where Raspberry Pi OS has it since Debian 12, and before. */
export const onBootPartition: readonly string[] = ['/boot/firmware/terashi.toml', '/boot/terashi.toml'];

/**
 * Which settings file is meant: the one that is named, or that the environment names, or else the first that is
 * there; undefined where there is none.
 *
 * @param elsewhere where it may lie when none is named
 */
export async function locateSettings(
  named = process.env.TERASHI_SETTINGS,
  elsewhere = onBootPartition,
): Promise<string | undefined> {
  // An empty variable is one that was taken back.
  if (named) return resolve(named);
  for (const file of elsewhere) {
    if ((await isThere(file)) || (await isThere(`${file}.txt`))) return file;
  }
  return undefined;
}

/** A file that cannot be looked at is there: what is wrong with it will be told. */
export async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code !== 'ENOENT' && error.code !== 'ENOTDIR';
  }
}
