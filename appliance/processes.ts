import { readdirSync, readFileSync } from 'node:fs';

/** A process as the kernel lists it: proc_pid_stat(5). */
export type ListedProcess = {
  readonly pid: number;
  /** Whether it still runs; a zombie does not, and has no memory. */
  readonly alive: boolean;
  readonly parent: number;
  readonly group: number;
};

/** Every process of this machine that this one may see, zombies included. */
export function listProcesses(): ListedProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => listed(name) ?? []);
}

/** @returns undefined if it has ended meanwhile */
function listed(pid: string): ListedProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // pid (comm) state ppid pgrp …; comm may itself hold parentheses and spaces.
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      pid: Number(pid),
      alive: state !== 'Z' && state !== 'X',
      parent: Number(parent),
      group: Number(group),
    };
  } catch {
    return undefined;
  }
}
