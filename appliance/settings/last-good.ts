import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';

import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import { isSystemError } from '../record/fault.js';
import { writeAtomically } from '../record/write-atomically.js';
import { err, ok, type Result } from '../result.js';
import { readBytes } from './bytes.js';
import { type Good, parseSettings } from './parse.js';

/** The last settings file without problems, saved in the state folder. */
export type LastGood = Good & { /** The file's path. */ readonly source: string };

const copy = z.strictObject({
  version: z.literal(1),
  source: z.string().min(1),
  toml: z.string(),
  /** Checksum of the fields above, to reject corrupt copies. */
  sha256: z.string(),
});
type Copy = z.infer<typeof copy>;

/** In bytes: the largest settings file, in which JSON escapes quotation marks and newlines, with room to spare. */
const largestCopy = 128 * 1024;

/** The last good settings; undefined if there are none or the copy is corrupt. */
export async function readLastGood(folder: string): Promise<LastGood | undefined> {
  const bytes = await readBytes(copyIn(folder), largestCopy);
  if (!bytes.ok) return undefined;
  const parsed = parseLine(Buffer.from(bytes.value).toString('utf8'), copy);
  if (!parsed.ok || parsed.value.sha256 !== hashOf(parsed.value)) return undefined;
  const { source, toml } = parsed.value;
  const { good } = parseSettings(Buffer.from(toml));
  return good && { ...good, source };
}

/** Saves good settings, unless they are already saved. */
export async function keepLastGood(
  folder: string,
  { source, toml }: Pick<LastGood, 'source' | 'toml'>,
): Promise<Result<undefined, 'not-kept'>> {
  const kept = await readLastGood(folder);
  if (kept?.source === source && kept.toml === toml) return ok();
  const about = { version: 1, source, toml } as const;
  try {
    await writeAtomically(copyIn(folder), `${JSON.stringify({ ...about, sha256: hashOf(about) })}\n`, 0o600);
    return ok();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err('not-kept');
  }
}

/** Whether a copy could probably be saved, without writing one. A missing folder would be created. */
export async function canKeepLastGood(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return (await stat(copyIn(folder))).isFile();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT';
  }
}

function copyIn(folder: string): string {
  return join(folder, 'settings.last-good.json');
}

function hashOf({ version, source, toml }: Omit<Copy, 'sha256'>): string {
  return createHash('sha256')
    .update(JSON.stringify([version, source, toml]))
    .digest('hex');
}
