import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const here = join(installation.root, 'test', 'scanner');

/** SANE's pseudo-scanners `test` and `pnm`, and our own `faulty`. */
export const configuration = join(here, 'sane.d');

/** Where a driver that was compiled for the tests lies, until it is removed. */
export type Driver = { readonly folder: string; remove(): void };

/** Compiles the driver of scanners that go wrong; undefined, with a word about it, where there is no C compiler. */
export function compileFaultyDriver(): Driver | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-test-'));
  const remove = () => {
    rmSync(folder, { recursive: true });
  };
  const library = join(folder, 'libsane-faulty.so.1');
  const { error, status, stderr } = spawnSync(
    'gcc',
    ['-shared', '-fPIC', '-o', library, join(here, 'faulty.c')],
    { encoding: 'utf8' },
  );
  if (status === 0) return { folder, remove };
  remove();
  if (!error) throw new Error(stderr);
  console.log('      no gcc here, so no scanners that go wrong (Debian packages gcc and libc6-dev)');
  return undefined;
}
