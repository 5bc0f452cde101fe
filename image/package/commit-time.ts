import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { installation } from '../../appliance/installation.js';

/** The commit time in seconds since 1970, so that a commit always builds to the same bytes. */
export async function commitTime(): Promise<number> {
  const { SOURCE_DATE_EPOCH } = process.env;
  if (SOURCE_DATE_EPOCH !== undefined) return Number(SOURCE_DATE_EPOCH);
  const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%ct'], {
    cwd: installation.root,
  });
  return Number(stdout);
}
