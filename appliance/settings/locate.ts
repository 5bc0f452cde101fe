import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { isSystemError } from '../record/fault.js';

/** On a partition for it, which only a card's image has. */
export const onCard = '/boot/settings/terashi.toml';

/** Where a Windows PC can edit it: on a card, on Raspberry Pi OS since Debian 12, and before. */
export const onFatPartition: readonly string[] = [
  onCard,
  '/boot/firmware/terashi.toml',
  '/boot/terashi.toml',
];

/**
 * Path of the settings file: the named one, that of the environment, or the first that exists; undefined if none does.
 *
 * @param elsewhere where to look if none is named
 */
export async function locateSettings(
  named = process.env.TERASHI_SETTINGS,
  elsewhere = onFatPartition,
): Promise<string | undefined> {
  // An empty variable counts as unset.
  if (named) return resolve(named);
  for (const file of elsewhere) {
    if ((await isThere(file)) || (await isThere(`${file}.txt`))) return file;
  }
  return undefined;
}

/** The settings file that a card has lost, with its partition or without: the mount point is there, and no settings. */
export async function lostFromCard(file = onCard): Promise<string | undefined> {
  return (await isThere(dirname(file))) ? file : undefined;
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
