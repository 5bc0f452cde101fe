import { readFile } from 'node:fs/promises';

import { type Checked, failed, warning, well } from './check.js';

/** In megabytes: what a visit needs on top of a warm vault, with an A4 page in colour at 600 dpi. */
const needed = 160;
const comfortable = 2 * needed;

/** Checks that a visit has enough memory: MemAvailable of proc_meminfo(5). */
export async function checkMemory(meminfo = '/proc/meminfo'): Promise<Checked> {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile(meminfo, 'utf8'))?.[1] ?? 0;
  const availableMegabytes = Math.floor((Number(kibibytes) * 1024) / 1e6);
  const numbers = { availableMegabytes };
  if (availableMegabytes < needed) return failed('memory', 'memory-short', numbers);
  return availableMegabytes < comfortable
    ? warning('memory', 'memory-low', numbers)
    : well('memory', numbers);
}
