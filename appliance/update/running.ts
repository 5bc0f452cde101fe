import { readFile } from 'node:fs/promises';

import { thisKernel } from '../clock/kernel.js';
import { installation } from '../installation.js';
import type { Version } from './version.js';

/** What runs, and in which boot. */
export type Running = { readonly version: Version; readonly bootId: string };

/** The version that runs: a bundle carries that of the appliance in it. */
export async function runningVersion(): Promise<Version> {
  const { version } = JSON.parse(await readFile(installation.packageFile, 'utf8')) as { version: Version };
  return version;
}

/** The version that runs, in this boot. */
export async function runningHere(): Promise<Running> {
  return { version: await runningVersion(), bootId: thisKernel().bootId };
}
