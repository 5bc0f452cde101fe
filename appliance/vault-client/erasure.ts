import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';

/** A killed process is gone in milliseconds; one that is not after this hangs in the kernel. */
const patience = 3000;

/**
 * Kills a process group and returns once the kernel shows none of its processes any more: only then has what
 * they held been given back, and only then may anybody say "erased".
 */
export async function eraseGroup(group: number): Promise<Result<undefined, 'erasure-unproven'>> {
  const deadline = performance.now() + patience;
  for (;;) {
    if (!signalGroup(group) || !(await groupLives(group))) return ok();
    if (performance.now() > deadline) return err('erasure-unproven');
    await wait(5);
  }
}

/** False when there is no such group any more. */
function signalGroup(group: number): boolean {
  try {
    process.kill(-group, 'SIGKILL');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Whether any process of the group still holds memory; a zombie holds none and only waits to be counted. */
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
