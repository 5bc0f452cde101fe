import { readFile } from 'node:fs/promises';

import { type Checked, failed, warning, well } from './check.js';
import { isSwapLimited } from './swap-limit.js';

/**
 * Checks that no picture can be swapped out: proc_swaps(5). Compressed memory (zram) counts, since a picture may stay
 * there. On a box swap is a fault unless it is limited to nothing; elsewhere it is a warning.
 *
 * @param limited whether the kernel keeps the units out of swap. The core's unit has the same limit as a vault's.
 */
export async function checkSwap(
  onBox: boolean,
  swaps = '/proc/swaps',
  limited: () => Promise<boolean> = isSwapLimited,
): Promise<Checked> {
  const [, ...areas] = (await readFile(swaps, 'utf8')).trim().split('\n');
  if (areas.length === 0) return well('swap');
  const kibibytes = areas.map((area) => Number(area.split(/\s+/)[2])).reduce((sum, size) => sum + size, 0);
  const numbers = { swapMegabytes: Math.round((kibibytes * 1024) / 1e6) };
  if (!onBox) return warning('swap', 'swap-elsewhere', numbers);
  return (await limited()) ? well('swap', numbers) : failed('swap', 'swap-on', numbers);
}
