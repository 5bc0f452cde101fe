import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

import koffi from 'koffi';

// <fcntl.h>: the same on every architecture that Node runs on under Linux, except Alpha, MIPS, PA-RISC and SPARC.
const closeOnExec = 0o2000000;

const libc = koffi.load(null);
const pipe2 = libc.func('int pipe2(_Out_ int *ends, int flags)') as (ends: number[], flags: number) => number;
const dup = libc.func('int dup(int fd)') as (fd: number) => number;

/**
 * Opens an anonymous pipe for a program that can only write to a file with a name. Such a pipe has no name in any
 * folder, so nothing is left over, and it ends with the processes that hold it.
 *
 * `start` is called with the name under which the program, and only it, sees the pipe. It has to start the
 * program before it returns: afterwards no other program inherits the writing end.
 */
export function withPipe<T>(start: (writingEnd: string) => T): { pipe: Readable; started: T } {
  const ends = [-1, -1];
  if (pipe2(ends, closeOnExec) !== 0) throw new Error('no pipe could be opened');
  const [reading, writing] = ends as [number, number];
  // A duplicate is inherited, which the reading end must not be: a writer has to notice when its reader dies.
  const inherited = dup(writing);
  closeSync(writing);
  const pipe = new Socket({ fd: reading, readable: true, writable: false });
  try {
    return { pipe, started: start(`/dev/fd/${inherited}`) };
  } finally {
    closeSync(inherited);
  }
}
