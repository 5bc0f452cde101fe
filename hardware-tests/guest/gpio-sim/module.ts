import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { ensureRuns } from '../../../image/os/foreign.js';
import { mirror } from '../../../image/os/mirror.js';
import type { Platform } from '../../../image/package/platform.js';
import { releaseOf } from './release.js';

const recipe = join(installation.root, 'hardware-tests', 'guest', 'gpio-sim', 'build.sh');

/** What it takes to build a module, and no more of a Debian than that. */
const tools = [
  ...['base-files', 'dash', 'coreutils', 'sed', 'grep', 'mawk', 'findutils', 'tar', 'xz-utils', 'kmod'],
  ...['gcc-14', 'make', 'linux-source-6.12'],
];

/** Builds the module of simulated GPIO chips for a kernel of Debian 13, and answers where it lies. */
export async function buildGpioSim(
  platform: Platform['debian'],
  kernel: Buffer,
  folder: string,
): Promise<string> {
  const release = releaseOf(kernel);
  const module = join(folder, `gpio-sim-${release}.ko`);
  if (existsSync(module)) return module;
  await ensureRuns(platform);
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'gpio-sim.log');
  const code = await debootstrap(log, [
    '--variant=extract',
    '--format=null',
    `--architectures=${platform}`,
    '--aptopt=Acquire::Languages "none"',
    `--include=${[...tools, `linux-headers-${release}`].join(',')}`,
    `--extract-hook=copy-in ${recipe} /`,
    `--extract-hook=ln -s mawk "$1/usr/bin/awk"; chroot "$1" sh /build.sh ${release}`,
    `--extract-hook=download /out/gpio-sim.ko ${module}`,
    'trixie',
    '/dev/null',
    ...mirror(),
  ]);
  if (code === 0) return module;
  const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`gpio-sim could not be built for ${release} (${log}):\n${end}`);
}

function debootstrap(log: string, args: readonly string[]): Promise<number | null> {
  const child = spawn('mmdebstrap', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createWriteStream(log);
  child.stdout.pipe(lines);
  child.stderr.pipe(lines);
  return new Promise((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(null));
  });
}
