import { listProcesses } from '../processes.js';

/** The child processes of `parent`, zombies included. */
export function childrenOf(parent: number): number[] {
  return listProcesses()
    .filter((process) => process.parent === parent)
    .map(({ pid }) => pid);
}

/** The descendants of a process that have no child, or the process itself: those that do the work. */
export function leavesOf(pid: number): number[] {
  const children = childrenOf(pid);
  return children.length === 0 ? [pid] : children.flatMap(leavesOf);
}
