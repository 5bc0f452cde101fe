import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

import { isSystemError } from '../record/fault.js';
import type { Label } from './protocol.js';

/**
 * A name that nothing in the folder has yet. It is one for every file system, and says which records of which box are
 * in it: `terashi-records-2026-0001-to-2026-0417-1a2b3c4d.jsonl`, and then `…-1a2b3c4d-2.jsonl`.
 */
export async function freeName(folder: string, { span, box }: Label): Promise<string> {
  const records = span ? `${span.first}-to-${span.last}` : 'unreadable';
  for (let copy = 1; ; copy++) {
    const name = ['terashi-records', records, box, ...(copy > 1 ? [copy] : [])].join('-') + '.jsonl';
    if (await isFree(join(folder, name))) return name;
  }
}

async function isFree(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return false;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return true;
    throw error;
  }
}
