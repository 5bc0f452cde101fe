import { readdirSync, readFileSync } from 'node:fs';

/** The processes that `parent` has started and that have not been waited for yet. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

/** Of a process and all that came from it, those that have no child: the ones that do the work. */
export function leavesOf(pid: number): number[] {
  const children = childrenOf(pid);
  return children.length === 0 ? [pid] : children.flatMap(leavesOf);
}

function parentOf(pid: number): number | undefined {
  try {
    // proc(5): pid (name) state ppid …; the name may hold anything, a closing bracket too.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
