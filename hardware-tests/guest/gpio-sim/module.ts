import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { ensureRunnable } from '../../../image/os/binfmt.js';
import { mirror } from '../../../image/os/mirror.js';
import type { Platform } from '../../../image/package/platform.js';
import { releaseOf } from './release.js';

const recipe = join(installation.root, 'hardware-tests', 'guest', 'gpio-sim', 'build.sh');

/** The packages that it takes to build a module. */
const tools = [
  ...['base-files', 'dash', 'coreutils', 'sed', 'grep', 'mawk', 'findutils', 'tar', 'xz-utils', 'kmod'],
  ...['gcc-14', 'make', 'linux-source-6.12'],
];

/** Builds gpio-sim, the kernel module of simulated GPIO chips, for kernels of Debian 13. Modules are kept. */
export class GpioSim {
  readonly #platform: Platform['debian'];
  readonly #kernel: string;
  readonly #folder: string;

  /**
   * @param kernel Debian's name of the kernel's flavour
   * @param folder where modules and the log are kept
   */
  constructor(platform: Platform['debian'], kernel: string, folder: string) {
    this.#platform = platform;
    this.#kernel = kernel;
    this.#folder = folder;
  }

  /**
   * Builds for the newest kernel, which an image that is being made will have too. It runs beside that, and does nothing
   * where a module is kept already: it may fit. A failure is left to `moduleFor`, which builds again.
   */
  async buildForNewest(): Promise<void> {
    const suffix = `-${this.#kernel}.ko`;
    if (readdirSync(this.#folder).some((file) => file.startsWith('gpio-sim-') && file.endsWith(suffix)))
      return;
    await this.#build(`linux-headers-${this.#kernel}`);
  }

  /** Returns the path of the module for a kernel. */
  async moduleFor(kernel: Buffer): Promise<string> {
    const release = releaseOf(kernel);
    const module = join(this.#folder, `gpio-sim-${release}.ko`);
    if (existsSync(module)) return module;
    const failure = await this.#build(`linux-headers-${release}`);
    if (failure === undefined && existsSync(module)) return module;
    throw new Error(`gpio-sim could not be built for ${release}: ${failure ?? 'no module was made'}`);
  }

  /** Returns the end of the log where it fails. */
  async #build(headers: string): Promise<string | undefined> {
    await ensureRunnable(this.#platform);
    const log = join(this.#folder, 'gpio-sim.log');
    const code = await mmdebstrap(log, [
      '--variant=extract',
      '--format=null',
      `--architectures=${this.#platform}`,
      '--aptopt=Acquire::Languages "none"',
      `--include=${[...tools, headers].join(',')}`,
      `--extract-hook=copy-in ${recipe} /`,
      '--extract-hook=ln -s mawk "$1/usr/bin/awk"; chroot "$1" sh /build.sh',
      `--extract-hook=sync-out /out ${this.#folder}`,
      'trixie',
      '/dev/null',
      ...mirror(),
    ]);
    if (code === 0) return undefined;
    const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    return `(${log})\n${end}`;
  }
}

function mmdebstrap(log: string, args: readonly string[]): Promise<number | null> {
  const child = spawn('mmdebstrap', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = createWriteStream(log);
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  return new Promise((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(null));
  });
}
