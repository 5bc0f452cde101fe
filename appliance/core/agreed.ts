import { join } from 'node:path';

import * as z from 'zod';

import { parseLine, toLine } from '../json-lines.js';
import { isSystemError } from '../record/fault.js';
import { inForcePart } from '../record/in-force.js';
import { writeAtomically } from '../record/write-atomically.js';
import { readBytes } from '../settings/bytes.js';
import { noted } from './noted.js';

/** What the counter saw and agreed to, and what of it changed since the last visit began. */
const agreed = z.strictObject({
  version: z.literal(1),
  agreed: noted,
  changed: z.array(inForcePart).max(inForcePart.options.length),
});
export type Agreed = Readonly<z.infer<typeof agreed>>;

/** In bytes: several times all settings at their longest. */
const longest = 64 * 1024;

const fileIn = (folder: string): string => join(folder, 'in-force.json');

/** Reads it from the state folder; undefined if there is none, or none that can be read. */
export async function readAgreed(folder: string): Promise<Agreed | undefined> {
  const bytes = await readBytes(fileIn(folder), longest);
  if (!bytes.ok) return undefined;
  const parsed = parseLine(Buffer.from(bytes.value).toString('utf8'), agreed);
  return parsed.ok ? parsed.value : undefined;
}

/** Writes it. If that fails, as on a full disk, the counter is asked again at the next start. */
export async function writeAgreed(folder: string, content: Agreed): Promise<void> {
  try {
    await writeAtomically(fileIn(folder), toLine(content), 0o600);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
