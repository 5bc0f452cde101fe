import { readFile } from 'node:fs/promises';

import { installation } from '../../appliance/installation.js';

/** The version of packages and images. */
export async function projectVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(installation.packageFile, 'utf8')) as { version: string };
  return version;
}
