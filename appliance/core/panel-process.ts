import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';

/** After this many early deaths in a row, a panel is not restarted at once. */
const maxDeaths = 3;
/** A panel that ran this long did not die early. */
const stableAfterMs = 10_000;

export type PanelProcess = { close(): Promise<void> };

export type PanelProgram = {
  readonly file: string;
  readonly args: readonly string[];
  readonly stdio: StdioOptions;
  /** The exit code of a panel that has nothing to do on this machine; it is not restarted. */
  readonly nothingToDo?: number;
  /** Called instead of a restart when the panel keeps dying. */
  readonly failed: (restart: () => void) => void;
};

/** Runs a panel as a process of its own, and restarts it when it dies; the visit goes on meanwhile. */
export function startPanel({ file, args, stdio, nothingToDo, failed }: PanelProgram): PanelProcess {
  let child: ChildProcess | undefined;
  let closed = false;
  let deaths = 0;
  const start = () => {
    if (closed) return;
    const startedAt = performance.now();
    child = spawn(process.execPath, [file, ...args], { stdio });
    child.once('error', () => failed(start));
    child.once('exit', (code) => {
      if (closed || code === nothingToDo) return;
      deaths = performance.now() - startedAt > stableAfterMs ? 1 : deaths + 1;
      if (deaths >= maxDeaths) failed(start);
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
