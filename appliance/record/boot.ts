import { readFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

import * as z from 'zod';

import { isSystemError } from './fault.js';
import { makeFolder } from './folder.js';
import { writeAtomically } from './write-atomically.js';

/** The number of a boot, counted from 1. */
export const bootNumber = z.number().int().min(1);

const counted = z.strictObject({ bootId: z.string().max(40), boot: bootNumber });

/**
 * Counts this boot, once, in `records.boot` beside `records.jsonl`. The number is durable when this resolves, and no
 * record has used it before. A lost counter continues from the last record.
 *
 * @param bootId the kernel's UUID of this boot
 * @param last the boot number in the last record; 0 if there is none
 */
export async function countBoot(file: string, bootId: string, last: number): Promise<number> {
  const path = counterFile(file);
  const before = await readCount(path);
  if (before?.bootId === bootId && before.boot >= last) return before.boot;
  const boot = Math.max(before?.boot ?? 0, last) + 1;
  await makeFolder(dirname(path));
  await writeAtomically(path, JSON.stringify({ bootId, boot }), 0o600);
  return boot;
}

/** The number of this boot, if it has been counted. */
export async function countedBoot(file: string, bootId: string): Promise<number | undefined> {
  const counted = await readCount(counterFile(file));
  return counted?.bootId === bootId ? counted.boot : undefined;
}

function counterFile(file: string): string {
  return join(dirname(file), `${parse(file).name}.boot`);
}

async function readCount(path: string): Promise<z.infer<typeof counted> | undefined> {
  try {
    return counted.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch (error) {
    // A lost or torn counter continues from the records.
    if (error instanceof SyntaxError || (isSystemError(error) && error.code === 'ENOENT')) return undefined;
    throw error;
  }
}
