import { writeFile } from 'node:fs/promises';

import { isSystemError } from '../record/fault.js';
import { run } from '../stick/program.js';

/**
 * Restarts the box. Under its unit the updater may not: it lays down a file, at which systemd does it
 * (systemd/terashi-restart.path).
 *
 * @returns false if the box goes on
 */
export async function restartBox(): Promise<boolean> {
  const file = process.env.TERASHI_RESTART_FILE;
  return file === undefined ? (await run('systemctl', ['reboot'])).code === 0 : layDown(file);
}

async function layDown(file: string): Promise<boolean> {
  try {
    await writeFile(file, '');
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
