import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

import koffi from 'koffi';

// O_CLOEXEC of <fcntl.h>: the same on every architecture that Node runs on under Linux, except Alpha, MIPS,
// PA-RISC and SPARC.
const closeOnExec = 0o2000000;

const libc = koffi.load(null);
const pipe2 = libc.func('int pipe2(_Out_ int *ends, int flags)') as (ends: number[], flags: number) => number;
const dup = libc.func('int dup(int fd)') as (fd: number) => number;

/**
 * Opens an anonymous pipe for a program that only writes to named files. The pipe has no name in any folder,
 * so it leaves nothing behind and ends with the processes that hold it open.
 *
 * @param start receives the name under which the program it starts, and no other, sees the pipe. It must
 *   start the program before it returns: later programs do not inherit the writing end.
 */
export function withPipe<T>(start: (writingEnd: string) => T): { pipe: Readable; started: T } {
  const ends = [-1, -1];
  if (pipe2(ends, closeOnExec) !== 0) throw new Error('no pipe could be opened');
  const [reading, writing] = ends as [number, number];
  // Only the duplicate is inherited. The reading end must not be: a writer has to notice when its reader
  // dies.
  const inherited = dup(writing);
  closeSync(writing);
  const pipe = new Socket({ fd: reading, readable: true, writable: false });
  try {
    return { pipe, started: start(`/dev/fd/${inherited}`) };
  } finally {
    closeSync(inherited);
  }
}
