import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

type Circumstances = { readonly cwd: string; readonly env?: NodeJS.ProcessEnv };

const running = new Set<ChildProcess>();
let interrupted = false;

/** Runs a program, its output on this one's error stream; throws where it fails, since nothing can be made then. */
export async function run(
  program: string,
  args: readonly string[],
  circumstances: Circumstances,
): Promise<void> {
  await end(program, args, circumstances, process.stderr);
}

/** Runs a program likewise, and answers what it printed. */
export async function output(
  program: string,
  args: readonly string[],
  circumstances: Circumstances,
): Promise<string> {
  return end(program, args, circumstances, 'pipe');
}

async function end(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: Circumstances,
  out: 'pipe' | NodeJS.WriteStream,
): Promise<string> {
  if (interrupted) throw new Error(`${program}: not begun`);
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', out, 'inherit'],
    // A group of its own, so that an interrupt ends what it started too.
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

/** Does something in a folder of its own, which is gone afterwards however it ends. */
export async function inWorkFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Does what a command is for: what goes wrong is printed, and the exit status is 1. An interrupt ends the program that
 * runs, and no other is begun, so that what was laid in the meantime is cleared away; the exit status is then the shell's for it.
 */
export async function command(work: () => Promise<void>): Promise<void> {
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

/** Says what is being done. */
export function say(step: string): void {
  process.stderr.write(`… ${step}\n`);
}
