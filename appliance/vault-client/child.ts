import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';

import { fileOf } from '../installation.js';
import { eraseGroup } from './erasure.js';
import type { VaultHost } from './vault-host.js';
import { hungAfterMs } from '../protocol/vault.js';

/** The program started as a vault; tests replace it. */
export type VaultProgram = { readonly file: string; readonly hungAfterMs: number };

export const vaultProgram: VaultProgram = { file: fileOf('vault/main'), hungAfterMs };

/** Starts a vault as a child of this process, in a process group of its own. */
export function startChild({ file }: VaultProgram): VaultHost | undefined {
  const child = spawn(process.execPath, [file], {
    detached: true,
    cwd: '/',
    env: vaultEnvironment(),
    // A driver's output is discarded, since it might contain part of a picture.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  child.on('error', () => undefined);
  const { pid } = child;
  if (pid === undefined) return undefined;
  const connection = child.stdio[3] as Duplex;
  const ended = once(child, 'exit');
  return {
    connection,
    pid,
    ended,
    async erase() {
      const gone = await eraseGroup(pid);
      if (gone.ok) await ended;
      connection.destroy();
      return gone;
    },
  };
}

/** The vault inherits the variables for its libraries and devices, and has no home to write to. */
function vaultEnvironment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) =>
    /^(PATH|LD_LIBRARY_PATH|SANE_.*|GST_.*|LIBCAMERA_.*)$/.test(name),
  );
  return {
    ...Object.fromEntries(passed),
    HOME: '/nonexistent',
    LANG: 'C.UTF-8',
    // glibc keeps freed memory in one arena a thread; a single arena keeps the vault small.
    MALLOC_ARENA_MAX: '1',
  };
}
