import { readFile } from 'node:fs/promises';

import { installation } from '../installation.js';

/** This software's name and version, as records carry it. */
export async function softwareHere(): Promise<string> {
  const { version } = JSON.parse(await readFile(installation.packageFile, 'utf8')) as { version: string };
  return `terashi ${version}`;
}
