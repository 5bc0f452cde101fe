#!/usr/bin/env node
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { ensureRunnable } from '../../image/os/binfmt.js';
import { makeImage } from '../../image/os/image.js';
import { developmentKeys, developmentSecureBootKeys } from '../../image/os/update-keys.js';
import { Card } from './card.js';
import { ensureEmulator } from './emulation.js';
import { makeExtrasDisk } from './extras/disk.js';
import { GpioSim } from './gpio-sim/module.js';
import { parseOptions } from './options.js';
import { makeArchive } from './raspberry-pi/archive.js';
import { Report } from './report.js';
import { counter } from './suites/counter.js';
import { powerCuts } from './suites/power-cuts.js';
import { secureBoot } from './suites/secure-boot.js';
import { remnants } from './suites/remnants.js';
import { start } from './suites/start.js';
import type { SuiteContext } from './suites/suite.js';
import { updates } from './suites/updates.js';

const suites = { counter, updates, start, 'secure-boot': secureBoot, remnants };

/** In seconds, after which a box is killed. A busy computer needs twice the time of a quiet one. */
const limits = { short: 40 * 60, long: 8 * 3600 };

const kept = join(installation.root, 'build', 'guest');
const options = parseOptions(join(kept, 'report.json'));
const begun = performance.now();
const report = new Report((line) => (options.json ? process.stderr : process.stdout).write(`${line}\n`));
const scratch = mkdtempSync(join(tmpdir(), 'terashi-guest-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => leave(130));
await attempt('the test itself', runAll);
report.time('everything', performance.now() - begun);
mkdirSync(dirname(options.report), { recursive: true });
writeFileSync(options.report, `${JSON.stringify(report, undefined, 2)}\n`);
if (options.json) console.log(JSON.stringify(report));
leave(report.passed ? 0 : 1);

/** Exits; the emulated machines end with this process. */
function leave(code: number): never {
  rmSync(scratch, { recursive: true, force: true });
  process.exit(code);
}

/** Reports an unexpected error as a failed case. */
async function attempt(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await report.check(name, () => Promise.reject(error instanceof Error ? error : new Error(String(error))));
  }
}

async function runAll(): Promise<void> {
  const { emulation, selection, processors, thorough } = options;
  if (process.arch !== 'x64')
    throw new Error('boxes are emulated on amd64 only: run this on such a computer');
  ensureEmulator(emulation);
  // Image and module are made at once, and the interpreter can be registered only once.
  await ensureRunnable(emulation.platform.debian);
  mkdirSync(kept, { recursive: true });
  const gpioSim = new GpioSim(emulation.platform.debian, emulation.kernel, kept);
  const [image] = await Promise.all([options.image ?? imageOfThisCheckout(), gpioSim.buildForNewest()]);
  report.time('image', performance.now() - begun);
  const extras = join(scratch, 'extras.ext4');
  const settings = join(installation.root, 'hardware-tests', 'guest', 'extras', 'terashi.toml');
  const context: SuiteContext = {
    emulation,
    processors,
    selection,
    flash: (name) => {
      const card = Card.flash(image, join(scratch, `${name}.card`));
      card.writeSettingsFile(settings, 'terashi.toml');
      return card;
    },
    extras,
    keys: { update: await developmentKeys(), secureBoot: await developmentSecureBootKeys() },
    folder: scratch,
    kept,
    report,
    limit: options.powerCuts > 0 || thorough ? limits.long : limits.short,
    thorough,
    log: (name, message) => {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      if (options.verbose) console.error(name, seconds, JSON.stringify(message));
    },
  };
  const module = await gpioSim.moduleFor(kernelOf(context));
  await makeExtrasDisk(emulation.platform, module, join(scratch, 'extras'), extras);
  if (options.powerCuts > 0) return powerCuts(context, options.powerCuts);
  // Each emulated box keeps one processor busy; most computers that emulate them have two.
  await Promise.all(
    selection.suites.map((name) => attempt(`the suite ${name}`, () => suites[name](context))),
  );
}

/** The kernel of a new card. */
function kernelOf({ emulation, flash }: SuiteContext): Buffer {
  flash('kernel').extractKernel(emulation.board, join(scratch, 'kernel'));
  rmSync(join(scratch, 'kernel.card'));
  return readFileSync(join(scratch, 'kernel', 'linux'));
}

/** Makes the image, uncompressed, because it stays on this computer. */
async function imageOfThisCheckout(): Promise<string> {
  const { board } = options.emulation;
  const archive =
    board.start.kind === 'raspberry-pi' ? await makeArchive(join(scratch, 'archive')) : undefined;
  const keys = await developmentKeys();
  const secureBoot = board.start.kind === 'uefi' ? await developmentSecureBootKeys() : undefined;
  // The suites make updates of their own, from the card.
  const wishes = { appliance: options.package, raw: true, update: false, archive, keys, secureBoot };
  const made = await makeImage(board, wishes);
  return made.find((file) => file.endsWith('.img'))!;
}
