import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';

/** A panel that dies this many times without ever having lasted is not started again at once. */
const tries = 3;
/** In milliseconds: how long a panel must last for its next death to count as the first. */
const lasting = 10_000;

/** A panel that runs as a process of its own. */
export type PanelProcess = { close(): Promise<void> };

/** What a panel's process is started with, and what becomes of one that does not last. */
export type PanelProgram = {
  readonly file: string;
  readonly args: readonly string[];
  readonly stdio: StdioOptions;
  /** The exit code of a panel that has nothing to do on this machine, and is not started again. */
  readonly nothingToDo?: number;
  /** Called where it is of no use to start it again at once; `again` starts it all the same. */
  readonly gone: (again: () => void) => void;
};

/** Runs a panel. One that dies is started again, and the visit goes on meanwhile. */
export function startPanel({ file, args, stdio, nothingToDo, gone }: PanelProgram): PanelProcess {
  let child: ChildProcess | undefined;
  let closed = false;
  let deaths = 0;
  const start = () => {
    if (closed) return;
    const startedAt = performance.now();
    child = spawn(process.execPath, [file, ...args], { stdio });
    child.once('error', () => gone(start));
    child.once('exit', (code) => {
      if (closed || code === nothingToDo) return;
      deaths = performance.now() - startedAt > lasting ? 1 : deaths + 1;
      if (deaths >= tries) gone(start);
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
