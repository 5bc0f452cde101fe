import { readdirSync, readFileSync } from 'node:fs';

/** The child processes of `parent`, zombies included. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

/** The descendants of a process that have no child, or the process itself: those that do the work. */
export function leavesOf(pid: number): number[] {
  const children = childrenOf(pid);
  return children.length === 0 ? [pid] : children.flatMap(leavesOf);
}

function parentOf(pid: number): number | undefined {
  try {
    // proc(5): pid (name) state ppid …; the name may contain parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
