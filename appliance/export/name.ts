import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

import { isSystemError } from '../record/fault.js';
import type { Label } from './protocol.js';

/** What is not all there yet, or was not read back yet, has no name that could be taken for whole. */
export const unfinished = (path: string): string => `${path}.new`;
export const sumOf = (path: string): string => `${path}.sha256`;

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

/** Whether the copy and its sum may have it. What an interruption left of either gives way, but no folder does. */
async function isFree(path: string): Promise<boolean> {
  for (const file of [path, sumOf(path)]) {
    if (await look(file)) return false;
    if ((await look(unfinished(file)))?.isDirectory()) return false;
  }
  return true;
}

async function look(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
