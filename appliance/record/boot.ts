import { readFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

import * as z from 'zod';

import { isSystemError } from './fault.js';
import { makeFolder } from './folder.js';
import { writeWhole } from './write-whole.js';

/** Which boot this is, counted from 1. */
export const bootNumber = z.number().int().min(1);

const counted = z.strictObject({ bootId: z.string().max(40), boot: bootNumber });

/**
 * The number of this boot, counted in `records.boot` beside `records.jsonl`. Once this resolves the count survives
 * a power cut, and no record has been written under it before; one that was lost goes on after the last record's.
 *
 * @param bootId the kernel's name for this boot
 * @param last the number that the last record holds; 0 where there is none
 */
export async function countBoot(file: string, bootId: string, last: number): Promise<number> {
  const path = countBeside(file);
  const before = await readCount(path);
  if (before?.bootId === bootId && before.boot >= last) return before.boot;
  const boot = Math.max(before?.boot ?? 0, last) + 1;
  await makeFolder(dirname(path));
  await writeWhole(path, JSON.stringify({ bootId, boot }), 0o600);
  return boot;
}

/** The number of this boot, if it has been counted. */
export async function countedBoot(file: string, bootId: string): Promise<number | undefined> {
  const counted = await readCount(countBeside(file));
  return counted?.bootId === bootId ? counted.boot : undefined;
}

function countBeside(file: string): string {
  return join(dirname(file), `${parse(file).name}.boot`);
}

async function readCount(path: string): Promise<z.infer<typeof counted> | undefined> {
  try {
    return counted.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch (error) {
    // Lost, or torn: what the records hold is enough to go on.
    if (error instanceof SyntaxError || (isSystemError(error) && error.code === 'ENOENT')) return undefined;
    throw error;
  }
}
