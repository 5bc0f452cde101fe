import { readFile } from 'node:fs/promises';

import { type Checked, failed, warning, well } from './check.js';

/** Megabytes: what a visit takes beyond a warm vault, with an A4 page in colour at 600 dpi. */
const needed = 160;
const comfortable = 2 * needed;

/** Whether a visit has room to work in: MemAvailable of proc_meminfo(5). */
export async function checkMemory(meminfo = '/proc/meminfo'): Promise<Checked> {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile(meminfo, 'utf8'))?.[1] ?? 0;
  const availableMegabytes = Math.floor((Number(kibibytes) * 1024) / 1e6);
  const numbers = { availableMegabytes };
  if (availableMegabytes < needed) return failed('memory', 'memory-short', numbers);
  return availableMegabytes < comfortable
    ? warning('memory', 'memory-low', numbers)
    : well('memory', numbers);
}
