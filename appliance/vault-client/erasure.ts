import { setTimeout as wait } from 'node:timers/promises';

import { listProcesses } from '../processes.js';
import { err, ok, type Result } from '../result.js';

/** A killed process ends within milliseconds; after this long it hangs in the kernel. */
const timeoutMs = 3000;

/** Kills a process group, and waits until the kernel lists none of its processes: only then is their memory freed. */
export async function eraseGroup(group: number): Promise<Result<undefined, 'erasure-unproven'>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (!signalGroup(group) || !groupLives(group)) return ok();
    if (performance.now() > deadline) return err('erasure-unproven');
    await wait(5);
  }
}

/** @returns false if the group is gone */
function signalGroup(group: number): boolean {
  try {
    process.kill(-group, 'SIGKILL');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Whether a process of the group still has memory. */
function groupLives(group: number): boolean {
  return listProcesses().some((process) => process.group === group && process.alive);
}
