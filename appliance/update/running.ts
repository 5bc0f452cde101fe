import { readFile } from 'node:fs/promises';

import { thisKernel } from '../clock/kernel.js';
import { installation } from '../installation.js';
import type { Version } from './version.js';

/** The running version and boot. */
export type Running = { readonly version: Version; readonly bootId: string };

/** The running version. A bundle has the version of the appliance in it. */
export async function runningVersion(): Promise<Version> {
  const { version } = JSON.parse(await readFile(installation.packageFile, 'utf8')) as { version: Version };
  return version;
}

export async function runningHere(): Promise<Running> {
  return { version: await runningVersion(), bootId: thisKernel().bootId };
}
