import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

type RunOptions = { readonly cwd: string; readonly env?: NodeJS.ProcessEnv };

const running = new Set<ChildProcess>();
let interrupted = false;

/** Runs a program with its output on stderr; throws if it fails. */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<void> {
  await runToEnd(program, args, options, process.stderr);
}

/** Runs a program and returns its stdout; throws if it fails. */
export async function output(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  return runToEnd(program, args, options, 'pipe');
}

async function runToEnd(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: RunOptions,
  out: 'pipe' | NodeJS.WriteStream,
): Promise<string> {
  if (interrupted) throw new Error(`${program}: interrupted before start`);
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', out, 'inherit'],
    // Its own process group, so that an interrupt also ends its children.
    detached: true,
  });
  running.add(child);
  try {
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${code ?? 'killed'}`);
    return printed;
  } finally {
    running.delete(child);
  }
}

/** Runs work in a temporary folder that is always removed afterwards. */
export async function withTempFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a command's work; errors are printed and give exit status 1. An interrupt ends the running program and
 * starts no other, so that temporary folders are removed; the exit status is then the shell's for that
 * signal.
 */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interrupted = true;
      process.exitCode = 128 + constants.signals[signal];
      for (const { pid, exitCode, signalCode } of running)
        if (pid !== undefined && (exitCode ?? signalCode) === null) process.kill(-pid, 'SIGTERM');
    });
  }
  try {
    await work();
  } catch (error) {
    if (interrupted) return;
    process.stderr.write(`✗ ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** Prints the current step. */
export function logStep(step: string): void {
  process.stderr.write(`… ${step}\n`);
}
