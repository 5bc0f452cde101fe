import { readFile } from 'node:fs/promises';

import { type Checked, failed, warning, well } from './check.js';

/** Checks that no picture can be swapped out: proc_swaps(5). A box must have no swap; elsewhere it is a warning. */
export async function checkSwap(onBox: boolean, swaps = '/proc/swaps'): Promise<Checked> {
  const [, ...areas] = (await readFile(swaps, 'utf8')).trim().split('\n');
  if (areas.length === 0) return well('swap');
  const kibibytes = areas.map((area) => Number(area.split(/\s+/)[2])).reduce((sum, size) => sum + size, 0);
  const numbers = { swapMegabytes: Math.round((kibibytes * 1024) / 1e6) };
  return onBox ? failed('swap', 'swap-on', numbers) : warning('swap', 'swap-elsewhere', numbers);
}
