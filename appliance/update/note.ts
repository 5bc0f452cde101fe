import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import * as z from 'zod';

import { parseLine, toLine } from '../json-lines.js';
import { isSystemError } from '../record/fault.js';
import { writeAtomically } from '../record/write-atomically.js';
import { returnedBecause, type Trial } from './protocol.js';
import type { Running } from './running.js';
import { version } from './version.js';

/** The boot in which the note was written. Older versions left it out; their notes are only read after a reboot. */
const bootId = z.string().max(40).optional();

/** Survives the reboot: which version was installed, and how far it got. */
const note = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('installing'), version, bootId }),
  z.strictObject({ is: z.literal('trial'), version, bootId }),
  z.strictObject({ is: z.literal('returned'), version, why: returnedBecause }),
]);
export type Note = z.infer<typeof note>;

/** The updater's own folder, on the writable partition (StateDirectory= of its unit). */
const folder = process.env.TERASHI_UPDATE_STATE ?? '/var/lib/terashi/update';
const file = join(folder, 'trial.json');

/** Undefined if there is no readable note. */
export async function readNote(): Promise<Note | undefined> {
  const parsed = parseLine(await readFile(file, 'utf8').catch(() => ''), note);
  return parsed.ok ? parsed.value : undefined;
}

/** False if it could not be written. */
export async function writeNote(made: Note): Promise<boolean> {
  try {
    await writeAtomically(file, toLine(made), 0o600);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

export function deleteNote(): Promise<void> {
  return rm(file, { force: true });
}

/** The state of the last installation, given the version that runs now. */
export function trialOf(made: Note | undefined, running: Running): Trial | undefined {
  if (!made) return undefined;
  // Even after a return: a boot loader may try a slot more than once.
  if (made.version === running.version) return { is: 'under-way', version: made.version };
  if (made.is === 'returned') return made;
  // Same boot: the restart is still to come.
  if (made.bootId === running.bootId)
    return made.is === 'trial' ? { is: 'installed', version: made.version } : undefined;
  const why = made.is === 'installing' ? 'interrupted' : 'did-not-start';
  return { is: 'returned', version: made.version, why };
}
