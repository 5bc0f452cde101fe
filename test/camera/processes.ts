import { readdirSync, readFileSync } from 'node:fs';

type Process = {
  readonly pid: number;
  readonly name: string;
  readonly parent: number;
  readonly group: number;
};

/** Every process of this machine that is alive: proc(5), fields 1 to 5 of `stat`. */
export function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z') return [];
        const program = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        return [{ pid: Number(name), name: program, parent: Number(parent), group: Number(group) }];
      } catch {
        return [];
      }
    });
}

/** The programs that this process has started and that still run. */
export const started = (): Process[] => processes().filter(({ parent }) => parent === process.pid);

/** What this process has open, sockets and pipes by their kind alone. */
export const openFiles = (): number => readdirSync('/proc/self/fd').length;
