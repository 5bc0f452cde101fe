import koffi from 'koffi';

// asm-generic/fcntl.h
const F_SETFD = 2;

/**
 * Executes this program again in the same process, with one more argument. What a thread has denied itself holds for all
 * threads of the program that it executes, and not for those that ran before.
 *
 * @param inherited the descriptors that it keeps besides the first three
 */
export function startAgain(argument: string, inherited: readonly number[]): never {
  const libc = koffi.load('libc.so.6');
  const fcntl = libc.func('int fcntl(int descriptor, int command, int flags)') as (
    ...args: readonly number[]
  ) => number;
  const execve = libc.func(
    'int execve(const char *path, const char **arguments, const char **environment)',
  ) as (path: string, ...lists: readonly (readonly (string | null)[])[]) => number;
  // Node has the kernel close them when it executes something.
  for (const descriptor of [0, 1, 2, ...inherited]) fcntl(descriptor, F_SETFD, 0);
  const words = [process.execPath, ...process.execArgv, ...process.argv.slice(1), argument];
  const environment = Object.entries(process.env).map(([name, value]) => `${name}=${value}`);
  execve(process.execPath, [...words, null], [...environment, null]);
  throw new Error(`execve failed: errno ${koffi.errno()}`);
}
