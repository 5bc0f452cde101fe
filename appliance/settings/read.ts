import { readFile, stat } from 'node:fs/promises';

import { err, ok, type Result } from '../result.js';
import { parseSettings, type SettingsRead } from './parse.js';
import type { Problem } from './problem.js';
import { defaults } from './settings.js';

/** In bytes: several times what the annotated file has. */
const largestFile = 32 * 1024;

/**
 * Reads the settings file. Whatever is wrong in it is told, and its default used meanwhile: a slip in one line
 * neither stops the appliance nor changes another setting.
 *
 * @param file undefined for an appliance without a settings file, which has the defaults and no problem
 */
export async function readSettings(file: string | undefined): Promise<SettingsRead> {
  if (file === undefined) return { settings: defaults, problems: [] };
  const bytes = await readBytes(file);
  return bytes.ok ? parseSettings(bytes.value) : { settings: defaults, problems: [bytes.error] };
}

async function readBytes(file: string): Promise<Result<Uint8Array, Problem>> {
  try {
    const found = await stat(file);
    // A pipe or a device might never end.
    if (!found.isFile()) return err({ what: 'unreadable' });
    return found.size > largestFile ? err({ what: 'too-large' }) : ok(await readFile(file));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return err({ what: missing ? 'missing' : 'unreadable' });
  }
}
