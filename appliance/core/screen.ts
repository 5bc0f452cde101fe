import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', 'panel', 'main.js');

/** A screen that dies this many times without ever having lasted is not started again. */
const tries = 3;
/** In milliseconds: how long a screen must last for its next death to count as the first. */
const lasting = 10_000;

/** The screen's process, on the terminal that the core was started from. */
export type Screen = { close(): Promise<void> };

/**
 * Draws the appliance on this terminal. A screen that dies is started again, and the visit goes on meanwhile;
 * `gone` is called when that is of no use, as when the terminal was closed.
 */
export function startScreen(socketPath: string, gone: () => void): Screen {
  let child: ChildProcess | undefined;
  let closed = false;
  let deaths = 0;
  const start = () => {
    const startedAt = performance.now();
    child = spawn(process.execPath, [program, socketPath], { stdio: ['inherit', 'inherit', 'ignore'] });
    child.once('error', () => gone());
    child.once('exit', () => {
      if (closed) return;
      deaths = performance.now() - startedAt > lasting ? 1 : deaths + 1;
      if (deaths >= tries) gone();
      else start();
    });
  };
  start();
  return {
    async close() {
      closed = true;
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
