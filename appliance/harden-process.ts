import koffi, { type LibraryHandle } from 'koffi';

// linux/prctl.h, asm-generic/resource.h, asm-generic/signal.h
const PR_SET_PDEATHSIG = 1;
const PR_SET_DUMPABLE = 4;
const RLIMIT_CORE = 4;
const SIGKILL = 9;

/**
 * Has the kernel kill this process when the one that started it dies, and forbids core dumps. No program of the same user
 * can attach to it or read its memory: ptrace(2), and /proc/PID/mem in proc(5), ask for a process that is dumpable.
 */
export function hardenProcess(): void {
  const libc = koffi.load('libc.so.6');
  const prctl = libc.func('int prctl(int option, unsigned long value)') as (...args: number[]) => number;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  forbidCoreDumps(libc);
}

/**
 * One byte, not 0: a kernel that pipes dumps to a program ignores the limit, except for the value 1, which
 * aborts the dump (core(5); fs/coredump.c).
 */
function forbidCoreDumps(libc: LibraryHandle): void {
  const limit = koffi.struct({ soft: 'uint64', hard: 'uint64' });
  const setrlimit = libc.func('setrlimit', 'int', ['int', koffi.pointer(limit)]) as (
    resource: number,
    limit: { soft: number; hard: number },
  ) => number;
  setrlimit(RLIMIT_CORE, { soft: 1, hard: 1 });
}
