import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { firmwareState } from './file.js';
import { firmwarePlaces, listedFirmware } from './places.js';

/** A damaged file comes before one whose name no scanner asks for. */
export type StoredFirmware = 'well' | 'damaged' | 'unknown';

/** How the `.nal` files are that lie in the folders of the driver's list, whether or not a scanner is plugged in. */
export async function storedFirmware(places = firmwarePlaces): Promise<StoredFirmware> {
  const listed = (await listedFirmware(places)).map(({ path }) => path);
  const folders = [...new Set(listed.map((path) => dirname(path)))];
  const files = (await Promise.all(folders.map(firmwareFiles))).flat();
  const states = await Promise.all(files.map(firmwareState));
  if (states.includes('damaged')) return 'damaged';
  const asked = await Promise.all(files.map((file) => isAskedFor(file, listed)));
  return asked.includes(false) ? 'unknown' : 'well';
}

async function firmwareFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  // Windows and macOS leave hidden files of their own beside what they copy.
  return names.filter((name) => /^[^.].*\.nal$/i.test(name)).map((name) => join(folder, name));
}

/** FAT takes 65F_0A01.NAL for 65f_0A01.nal, other file systems do not. */
async function isAskedFor(file: string, listed: readonly string[]): Promise<boolean> {
  const meant = listed.find((path) => path.toLowerCase() === file.toLowerCase());
  if (meant === undefined) return false;
  return access(meant).then(
    () => true,
    () => false,
  );
}
