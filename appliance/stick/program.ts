import { execFile } from 'node:child_process';

/** What a program said before it ended; `code` is undefined where it could not be started or was ended. */
export type Said = {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
};

/** Milliseconds: a stick that is slow to spin up, a signature over a gigabyte. */
const patience = 60_000;

/** Runs one of the system's programs, without a shell, to its end. */
export function run(program: string, args: readonly string[], signal?: AbortSignal): Promise<Said> {
  return new Promise((resolve) => {
    const options = { timeout: patience, killSignal: 'SIGKILL', maxBuffer: 1_000_000, signal } as const;
    const env = { ...process.env, LC_ALL: 'C' };
    execFile(program, args, { ...options, env }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      resolve({ code: typeof code === 'number' ? code : undefined, stdout, stderr });
    });
  });
}
