import { execFile } from 'node:child_process';

/** The output of a program. `code` is undefined if it could not be started or was killed. */
export type Output = {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
};

/** Allows for a slow stick, or a signature over a gigabyte. */
const timeoutMs = 60_000;

/** Runs a program of the system, without a shell. */
export function run(program: string, args: readonly string[], signal?: AbortSignal): Promise<Output> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 1_000_000, signal } as const;
    const env = { ...process.env, LC_ALL: 'C' };
    execFile(program, args, { ...options, env }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      resolve({ code: typeof code === 'number' ? code : undefined, stdout, stderr });
    });
  });
}
