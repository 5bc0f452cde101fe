import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { isSystemError } from '../../appliance/record/fault.js';
import { writeAtomically } from '../../appliance/record/write-atomically.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { type Problem, problems } from './problems.js';

/** Whether this file can be written; checked before long work starts. */
export async function canWrite(path: string): Promise<boolean> {
  const folder = await access(dirname(path), constants.W_OK).then(
    () => true,
    () => false,
  );
  const taken = await stat(path).then(
    (about) => !about.isFile(),
    () => false,
  );
  return folder && !taken;
}

/** Writes a file atomically. */
export async function writeResult(path: string, text: string): Promise<Result<undefined, Problem>> {
  try {
    await writeAtomically(path, text);
    return ok();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err(problems.notWritable(path));
  }
}
