import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { installation } from '../../appliance/installation.js';

/** When the commit that is built was made, in seconds since 1970: one commit is built to the same bytes each time. */
export async function madeAt(): Promise<number> {
  const { SOURCE_DATE_EPOCH } = process.env;
  if (SOURCE_DATE_EPOCH !== undefined) return Number(SOURCE_DATE_EPOCH);
  const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%ct'], {
    cwd: installation.root,
  });
  return Number(stdout);
}
