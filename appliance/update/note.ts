import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import * as z from 'zod';

import { parseLine, toLine } from '../lines.js';
import { isSystemError } from '../record/fault.js';
import { writeWhole } from '../record/write-whole.js';
import { returnedBecause, type Trial } from './protocol.js';
import type { Running } from './running.js';
import { version } from './version.js';

/** The boot in which it was written; an older version told none, and its notes are read after the restart only. */
const bootId = z.string().max(40).optional();

/** What outlives the restart: the version that was installed, and how far that has come. */
const note = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('installing'), version, bootId }),
  z.strictObject({ is: z.literal('trial'), version, bootId }),
  z.strictObject({ is: z.literal('returned'), version, why: returnedBecause }),
]);
export type Note = z.infer<typeof note>;

/** The folder of the updater alone, on the partition that is written (StateDirectory= of its unit). */
const folder = process.env.TERASHI_UPDATE_STATE ?? '/var/lib/terashi/update';
const file = join(folder, 'trial.json');

/** What cannot be read as a note is none. */
export async function readNote(): Promise<Note | undefined> {
  const parsed = parseLine(await readFile(file, 'utf8').catch(() => ''), note);
  return parsed.ok ? parsed.value : undefined;
}

/** False where it could not be written. */
export async function writeNote(made: Note): Promise<boolean> {
  try {
    await writeWhole(file, toLine(made), 0o600);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

export function dropNote(): Promise<void> {
  return rm(file, { force: true });
}

/** How an installation that was begun stands, told by the version that runs now. */
export function trialOf(made: Note | undefined, running: Running): Trial | undefined {
  if (!made) return undefined;
  // A boot loader may try it more than once.
  if (made.version === running.version) return { is: 'under-way', version: made.version };
  if (made.is === 'returned') return made;
  // Nothing can have come of it before the restart.
  if (made.bootId === running.bootId)
    return made.is === 'trial' ? { is: 'installed', version: made.version } : undefined;
  const why = made.is === 'installing' ? 'interrupted' : 'did-not-start';
  return { is: 'returned', version: made.version, why };
}
