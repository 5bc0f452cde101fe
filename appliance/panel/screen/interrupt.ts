import type { Readable } from 'node:stream';

/** What Ctrl-C is in raw mode, where the kernel makes no signal of it: ETX (ECMA-6). */
const etx = 0x03;

/** Calls `interrupted` at every Ctrl-C from a terminal in raw mode. */
export function onInterrupt(input: Readable, interrupted: () => void): void {
  input.on('data', (chunk: Buffer) => {
    if (chunk.includes(etx)) interrupted();
  });
}
