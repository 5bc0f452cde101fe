import { readFile } from 'node:fs/promises';

import { installation } from '../installation.js';
import type { Version } from './version.js';

/** The version that runs: a bundle carries that of the appliance in it. */
export async function runningVersion(): Promise<Version> {
  const { version } = JSON.parse(await readFile(installation.packageFile, 'utf8')) as { version: Version };
  return version;
}
