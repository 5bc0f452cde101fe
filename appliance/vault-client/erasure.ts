import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';

/** A killed process ends within milliseconds; after this long it hangs in the kernel. */
const timeoutMs = 3000;

/** Kills a process group, and waits until the kernel lists none of its processes: only then is their memory freed. */
export async function eraseGroup(group: number): Promise<Result<undefined, 'erasure-unproven'>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (!signalGroup(group) || !(await groupLives(group))) return ok();
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

/** Whether a process of the group still has memory; a zombie has none. */
async function groupLives(group: number): Promise<boolean> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(processes.map(stateOf));
  return states.some((process) => process.group === group && !['Z', 'X'].includes(process.state));
}

async function stateOf(pid: string): Promise<{ state: string; group: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // proc_pid_stat(5): pid (comm) state ppid pgrp …; comm may itself hold parentheses and spaces.
  const [state = '', , group = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state, group: Number(group) };
}
