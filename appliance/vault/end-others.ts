import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { listProcesses } from '../processes.js';
import { err, ok, type Result } from '../result.js';

/** The other processes of this vault, as the kernel lists them; undefined where it does not say. */
export type ListOthers = () => readonly number[] | undefined;

/** In milliseconds. A killed process ends within a few; after this long it hangs in the kernel. */
const killTimeout = 3000;

/**
 * Kills every other process of this vault, such as one that a scanner's driver left behind, and waits until the kernel
 * lists none: then nothing that a driver started is there to see what the camera sees.
 *
 * @returns `driver-not-ended` if one stays, or if the kernel does not say who is there
 */
export async function endOthers(
  others = listOthers,
  timeoutMs = killTimeout,
): Promise<Result<undefined, 'driver-not-ended'>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = others();
    if (left?.length === 0) return ok();
    if (!left || performance.now() > deadline) return err('driver-not-ended');
    left.forEach(kill);
    await wait(5);
  }
}

/** In a unit those of its control group, elsewhere those of its process group. */
const listOthers: ListOthers = () => {
  const unit = unitOf(readFileSync('/proc/self/cgroup', 'utf8'));
  return unit === undefined ? othersOfGroup() : othersIn(join('/sys/fs/cgroup', unit, 'cgroup.procs'));
};

/** The control group of a vault's unit, from a process's list (cgroups(7)); undefined for one outside such a unit. */
export function unitOf(groups: string): string | undefined {
  return /^0::(\/.*\/terashi-vault@[^/]+\.service)$/m.exec(groups)?.[1];
}

/** The other processes of a control group, from its `cgroup.procs`, which lists no zombies. */
export function othersIn(file: string): readonly number[] | undefined {
  try {
    const pids = readFileSync(file, 'latin1').split('\n').filter(Boolean).map(Number);
    return pids.filter((pid) => pid !== process.pid);
  } catch {
    return undefined;
  }
}

/** The core starts a vault at the head of a process group; one that is in somebody else's must not end that. */
function othersOfGroup(): readonly number[] | undefined {
  const listed = listProcesses().filter(({ group, alive }) => group === process.pid && alive);
  if (!listed.some(({ pid }) => pid === process.pid)) return undefined;
  return listed.map(({ pid }) => pid).filter((pid) => pid !== process.pid);
}

function kill(pid: number): void {
  // Zero stands for a process of elsewhere, and would name this one's whole group (cgroups(7), kill(2)).
  if (pid <= 0) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, or it may not be killed: the list tells.
  }
}
