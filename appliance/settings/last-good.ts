import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';

import * as z from 'zod';

import { parseLine } from '../lines.js';
import { isSystemError } from '../record/fault.js';
import { writeWhole } from '../record/write-whole.js';
import { err, ok, type Result } from '../result.js';
import { readBytes } from './bytes.js';
import { type Good, parseSettings } from './parse.js';

/** The last settings file with nothing wrong in it, as the state folder keeps it. */
export type LastGood = Good & { /** The file's path. */ readonly source: string };

const copy = z.strictObject({
  version: z.literal(1),
  source: z.string().min(1),
  toml: z.string(),
  /** Of what stands above: a copy on a card that loses bits is none. */
  sha256: z.string(),
});
type Copy = z.infer<typeof copy>;

/** In bytes: several times the largest settings file, whose quotation marks and newlines are escaped in it. */
const largestCopy = 128 * 1024;

/** The last good settings; undefined where there are none, or their copy is not as it was written. */
export async function readLastGood(folder: string): Promise<LastGood | undefined> {
  const bytes = await readBytes(copyIn(folder), largestCopy);
  if (!bytes.ok) return undefined;
  const parsed = parseLine(Buffer.from(bytes.value).toString('utf8'), copy);
  if (!parsed.ok || parsed.value.sha256 !== hashOf(parsed.value)) return undefined;
  const { source, toml } = parsed.value;
  const { good } = parseSettings(Buffer.from(toml));
  return good && { ...good, source };
}

/** Keeps settings that are good, unless they are kept already. */
export async function keepLastGood(
  folder: string,
  { source, toml }: Pick<LastGood, 'source' | 'toml'>,
): Promise<Result<undefined, 'not-kept'>> {
  const kept = await readLastGood(folder);
  if (kept?.source === source && kept.toml === toml) return ok();
  const about = { version: 1, source, toml } as const;
  try {
    await writeWhole(copyIn(folder), `${JSON.stringify({ ...about, sha256: hashOf(about) })}\n`, 0o600);
    return ok();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err('not-kept');
  }
}

/** Whether a copy could be kept, as far as can be told without writing one; a folder that is not there will be made. */
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
