import type { ScannerWait } from '../protocol/vault.js';
import type { TaskProgress } from './vault.js';

/**
 * Listens to a scan for what it waits for.
 *
 * @param changed called whenever that changes; undefined once the scan goes on
 */
export function scannerWaits(changed: (why: ScannerWait | undefined) => void): (news: TaskProgress) => void {
  let last: ScannerWait | undefined;
  return (news) => {
    const why = news.is === 'waiting' ? news.why : undefined;
    if (why === last) return;
    last = why;
    changed(why);
  };
}
