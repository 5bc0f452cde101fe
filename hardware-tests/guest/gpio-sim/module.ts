import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { mirror } from '../../../image/os/mirror.js';

const recipe = join(installation.root, 'hardware-tests', 'guest', 'gpio-sim', 'build.sh');

/** What it takes to build a module, and no more of a Debian than that. */
const tools = [
  ...['base-files', 'dash', 'coreutils', 'sed', 'grep', 'mawk', 'findutils', 'tar', 'xz-utils', 'kmod'],
  ...['gcc-14', 'make', 'linux-source-6.12'],
];

/** Builds the module of simulated GPIO chips for a kernel of Debian 13, and answers where it lies. */
export async function buildGpioSim(kernel: Buffer, folder: string): Promise<string> {
  const release = releaseOf(kernel);
  const module = join(folder, `gpio-sim-${release}.ko`);
  if (existsSync(module)) return module;
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'gpio-sim.log');
  const code = await debootstrap(log, [
    '--variant=extract',
    '--format=null',
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

/** The kernel's own name for itself: the Linux/x86 Boot Protocol, `kernel_version`. */
function releaseOf(kernel: Buffer): string {
  const start = kernel.readUInt16LE(0x20e) + 0x200;
  return kernel.toString('latin1', start, start + 64).split(' ')[0];
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
