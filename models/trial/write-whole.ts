import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { syncFolder } from '../../appliance/record/folder.js';
import { isSystemError } from '../../appliance/record/fault.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { type Problem, problems } from './problems.js';

/** Whether a file could be written here; asked before work that takes long. */
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

/** Writes a file whole or not at all: a new one, fsync, then its right name, so that a power cut leaves no half. */
export async function writeWhole(path: string, text: string): Promise<Result<undefined, Problem>> {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    const file = await open(unfinished, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path));
    return ok();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await rm(unfinished, { force: true });
    return err(problems.notWritable(path));
  }
}
