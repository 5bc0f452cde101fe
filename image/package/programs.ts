import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program, its output on this one's error stream; throws where it fails, since nothing can be made then. */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<void> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', process.stderr, 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${code ?? 'killed'}`);
}
