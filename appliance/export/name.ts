import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

import { isSystemError } from '../record/fault.js';
import type { Beside, Label } from './protocol.js';

/** A copy that is not complete and verified has this name, so that nobody takes it for whole. */
export const unfinished = (path: string): string => `${path}.part`;
export const sumOf = (path: string): string => `${path}.sha256`;

/** Where a file beside a copy lies: a signature is named after what it signs, a companion of the records as they are. */
export function besideOf(path: string, kind: keyof Beside): string {
  return kind === 'sig' ? `${path}.sig` : path.replace(/\.[a-z]+$/, `.${kind}`);
}

/** All that a copy of this name may consist of. */
export function partsOf(path: string): readonly string[] {
  return [path, sumOf(path), ...(['sig', 'head', 'pub'] as const).map((kind) => besideOf(path, kind))];
}

/**
 * A free name in the folder, valid on every file system. It says which records of which box the copy holds:
 * `terashi-records-2026-0001-to-2026-0417-1a2b3c4d.jsonl`, then `…-1a2b3c4d-2.jsonl`; or of which box a report is, and
 * of when: `terashi-bench-test-1a2b3c4d5e6f-202611301432.txt`.
 */
export async function freeName(folder: string, label: Label): Promise<string> {
  const { words, extension } = wordsOf(label);
  for (let copy = 1; ; copy++) {
    const name = `${[...words, ...(copy > 1 ? [copy] : [])].join('-')}.${extension}`;
    if (await isFree(join(folder, name))) return name;
  }
}

function wordsOf(label: Label): { readonly words: readonly string[]; readonly extension: string } {
  if ('report' in label) {
    const { report, box, at, as } = label;
    return { words: ['terashi', report, box, at], extension: as };
  }
  const { span, box, as } = label;
  const records = span ? `${span.first}-to-${span.last}` : 'unreadable';
  return { words: ['terashi-records', records, box], extension: as };
}

/** Whether the copy and what lies beside it may have the name. Leftovers of an interrupted copy may be replaced, folders may not. */
async function isFree(path: string): Promise<boolean> {
  for (const file of partsOf(path)) {
    if (await statIfThere(file)) return false;
    if ((await statIfThere(unfinished(file)))?.isDirectory()) return false;
  }
  return true;
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
