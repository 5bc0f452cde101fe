import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const image = join(installation.root, 'image');

/**
 * Fills the settings partition, which a Windows PC shows and the box only reads: the settings, the handbook, and what each
 * file is for.
 *
 * @param folder is made if it does not exist
 */
export async function writeSettingsFiles(folder: string): Promise<void> {
  await cp(join(image, 'os', 'settings'), folder, { recursive: true });
  await cp(installation.settings, join(folder, 'terashi.toml'));
  // Windows opens .txt files.
  for (const name of ['handbook.ja', 'handbook.en'])
    await cp(join(image, 'handbook', `${name}.md`), join(folder, `${name}.txt`));
}
