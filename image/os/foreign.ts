import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Platform } from '../package/platform.js';
import { run } from '../package/programs.js';

const own: Platform['debian'] = process.arch === 'x64' ? 'amd64' : 'arm64';

/** What QEMU calls a platform's processors. */
const machines = { amd64: 'x86_64', arm64: 'aarch64' } as const satisfies Record<Platform['debian'], string>;

/**
 * Where the kernel is told by what a program is run that is not its own (Documentation/admin-guide/binfmt-misc.rst), and
 * where Debian has what it is told (binfmt.d(5)). A test has places of its own.
 */
const places = { kernel: '/proc/sys/fs/binfmt_misc', rules: '/usr/lib/binfmt.d' };

/** What runs them, and what mmdebstrap asks whether they run. */
const packages = 'qemu-user-static arch-test';

/**
 * Makes sure that programs of a platform run here, be it by QEMU: laying a root runs its packages' own. Where systemd is the init,
 * installing Debian's qemu-user-static is enough; in a container nobody tells the kernel.
 */
export async function ensureRuns(platform: Platform['debian'], { kernel, rules } = places): Promise<void> {
  const name = `qemu-${machines[platform]}`;
  if (platform === own || isKnown(join(kernel, name))) return;
  const rule = join(rules, `${name}.conf`);
  if (!existsSync(rule)) {
    throw new Error(
      `この計算機では ${platform} のプログラムが動きません。sudo apt install ${packages} を実行してから、もう一度お試しください / ` +
        `Programs for ${platform} do not run on this computer: sudo apt install ${packages}, then run this again`,
    );
  }
  try {
    await tell(kernel, rule);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(
      `カーネルに ${platform} のプログラムの動かし方を知らせられません（${cause}）。コンテナの外か、特権のあるコンテナで実行してください / ` +
        `The kernel cannot be told how programs for ${platform} are run (${cause}): run this outside a container, or in a privileged one`,
      { cause: error },
    );
  }
}

async function tell(kernel: string, rule: string): Promise<void> {
  const register = join(kernel, 'register');
  if (!existsSync(register)) await run('mount', ['-t', 'binfmt_misc', 'binfmt_misc', kernel], { cwd: '/' });
  await writeFile(register, await readFile(rule));
}

function isKnown(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').startsWith('enabled');
}
