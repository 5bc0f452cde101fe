import { execFile } from 'node:child_process';

import { err, ok, type Result } from '../result.js';

/** What a program prints in the C locale; undefined if it is not installed or fails. */
export function outputOf(
  program: string,
  argument: string,
  timeoutMs: number,
): Promise<Result<string | undefined, 'stalled'>> {
  const options = {
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    env: { ...process.env, LC_ALL: 'C' },
  } as const;
  return new Promise((resolve) => {
    execFile(program, [argument], options, (error, stdout) => {
      resolve(error?.killed ? err('stalled') : ok(error ? undefined : stdout));
    });
  });
}
