import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Platform } from '../package/platform.js';
import { run } from '../package/run-program.js';

const own: Platform['debian'] = process.arch === 'x64' ? 'amd64' : 'arm64';

/** QEMU's names of the platforms. */
const machines = { amd64: 'x86_64', arm64: 'aarch64' } as const satisfies Record<Platform['debian'], string>;

/**
 * The kernel's registry of interpreters (Documentation/admin-guide/binfmt-misc.rst) and Debian's rules for it
 * (binfmt.d(5)). Tests pass their own paths.
 */
const places = { kernel: '/proc/sys/fs/binfmt_misc', rules: '/usr/lib/binfmt.d' };

/** The emulator, and the check that mmdebstrap uses. */
const packages = 'qemu-user-static arch-test';

/**
 * Ensures that programs for a platform run here, through QEMU if needed: building a root runs programs of its
 * packages. With systemd as init, installing Debian's qemu-user-static is enough; in a container the rule has
 * to be registered here.
 */
export async function ensureRunnable(
  platform: Platform['debian'],
  { kernel, rules } = places,
): Promise<void> {
  const name = `qemu-${machines[platform]}`;
  if (platform === own || isRegistered(join(kernel, name))) return;
  const rule = join(rules, `${name}.conf`);
  if (!existsSync(rule)) {
    throw new Error(
      `この計算機では ${platform} のプログラムが動きません。sudo apt install ${packages} を実行してから、もう一度お試しください / ` +
        `Programs for ${platform} do not run on this computer: sudo apt install ${packages}, then run this again`,
    );
  }
  try {
    await registerInterpreter(kernel, rule);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(
      `カーネルに ${platform} のプログラムの動かし方を知らせられません（${cause}）。コンテナの外か、特権のあるコンテナで実行してください / ` +
        `The kernel cannot be told how programs for ${platform} are run (${cause}): run this outside a container, or in a privileged one`,
      { cause: error },
    );
  }
}

async function registerInterpreter(kernel: string, rule: string): Promise<void> {
  const register = join(kernel, 'register');
  if (!existsSync(register)) await run('mount', ['-t', 'binfmt_misc', 'binfmt_misc', kernel], { cwd: '/' });
  await writeFile(register, await readFile(rule));
}

function isRegistered(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').startsWith('enabled');
}
