import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program lies, as a shell would find it; undefined when it is not installed. */
export function find(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Runs a program in this terminal; true when it succeeded. An interrupt ends the set-up too. */
export function run(program, args, { env = {}, cwd, quiet = false } = {}) {
  const { status, signal } = spawnSync(program, args, {
    stdio: quiet ? 'ignore' : 'inherit',
    env: { ...process.env, ...env },
    cwd,
  });
  if (signal === 'SIGINT') process.exit(130);
  return status === 0;
}

/** What a program prints; empty when it is not installed or prints nothing. */
export function output(program, args) {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout ?? '';
}
