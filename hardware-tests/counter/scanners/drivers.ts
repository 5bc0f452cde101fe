import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';

const here = join(installation.root, 'hardware-tests', 'counter', 'scanners');

/** SANE's pseudo-scanners `test` and `pnm`, and our own `faulty` and `described`. */
export const configuration = join(here, 'sane.d');

/** Where a driver that was compiled for the tests lies, until it is removed. */
export type Driver = { readonly folder: string; remove(): void };

/** Compiles the driver of scanners that go wrong; undefined, with a word about it, where there is no C compiler. */
export function compileFaultyDriver(): Driver | undefined {
  return compile('faulty.c', 'faulty', 'no scanners that go wrong');
}

/** Compiles the driver whose options a file describes. */
export function compileDescribedDriver(): Driver | undefined {
  return compile('described.c', 'described', 'no scanners with the options of real drivers');
}

/** Compiles the driver of a scanner that comes and goes, in the place of one that the appliance loads. */
export function compilePluggableDriver(driver: string): Driver | undefined {
  return compile('pluggable.c', driver, 'no scanner that is unplugged');
}

function compile(source: string, driver: string, without: string): Driver | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-test-'));
  const remove = () => {
    rmSync(folder, { recursive: true });
  };
  const library = join(folder, `libsane-${driver}.so.1`);
  const { error, status, stderr } = spawnSync(
    'gcc',
    ['-shared', '-fPIC', `-DDRIVER=${driver}`, '-o', library, join(here, source)],
    { encoding: 'utf8' },
  );
  if (status === 0) return { folder, remove };
  remove();
  if (!error) throw new Error(stderr);
  console.log(`      no gcc here, so ${without} (Debian packages gcc and libc6-dev)`);
  return undefined;
}
