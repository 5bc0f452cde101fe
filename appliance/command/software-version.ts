import { readFile } from 'node:fs/promises';

import { installation } from '../installation.js';

/** This software's name and version, as records hold it: `terashi 0.1.0`. */
export async function softwareVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(installation.packageFile, 'utf8')) as { version: string };
  return `terashi ${version}`;
}
