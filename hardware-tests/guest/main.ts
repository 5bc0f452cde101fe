#!/usr/bin/env node
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { installation } from '../../appliance/installation.js';
import { makeImage } from '../../image/os/image.js';
import { developmentKeys } from '../../image/os/update-keys.js';
import { Card } from './card.js';
import { counter } from './suites/counter.js';
import type { Means } from './suites/suite.js';
import { powerCuts } from './suites/power-cuts.js';
import { start } from './suites/start.js';
import { updates } from './suites/updates.js';
import { type Emulation, emulations, ensureEmulates } from './emulation.js';
import { layExtras } from './extras/disk.js';
import { buildGpioSim } from './gpio-sim/module.js';
import { makeArchive } from './raspberry-pi/archive.js';
import { Report } from './report.js';

const suites = { counter, updates, start };
type SuiteName = keyof typeof suites;
const suiteNames = Object.keys(suites) as SuiteName[];

/** Of each board by itself what the others do not show. */
const ownSuites: Readonly<Record<string, readonly SuiteName[]>> = {
  'qemu-amd64': ['counter', 'updates'],
  'qemu-arm64': ['start'],
  rpi4: ['updates'],
};

const help = `npm run guest [-- OPTIONS]

  The box in a computer that QEMU emulates: the card's own image starts through firmware, boot manager and verity. One
  box stands at a counter: its display, visits with SANE's pseudo-scanner, libcamera's virtual camera, and lights and
  buttons on gpio-sim; a USB camera and a USB scanner that are unplugged and plugged back; the vendor's test. The other
  takes updates from a USB stick and returns from one, loses its power, and starts from a card that was changed.
  Within half an hour, of which the image takes some minutes. It needs root, as making an image does.

  --image FILE    this image (.img, of that board, made here); without, one is made
  --board BOARD   qemu-amd64; qemu-arm64, of which the suite start alone is taken where no other is asked for; or rpi4, of
                  which updates is: its card, with Debian's kernel, in a computer of another kind, whose firmware reads
                  it as a Raspberry Pi's does (npm run guest:arm64 and guest:raspberry-pi install what these need)
  --only SUITE   counter or updates; or start: display, two visits, and how long it takes to be ready
  --processors N  in the suite start: more than one, as fast as this computer is when it has nothing else to do
  --power-cuts N  nothing but this: N power cuts at moments drawn by lot, a third of them in visits and updates
  --thorough      both devices unplugged at every state of a visit, 3 times each (hours)
  --verbose       what the guest's agent tells, on the standard error
  --json          the report as JSON
  --report FILE   where the report is kept as well (build/guest/report.json)
  --help          this help

  Exit codes: 0 all as it should be, 1 something was not, 2 bad usage.
`;

/** In seconds: after so long the boxes are switched off, whatever they do; a busy computer needs twice the time of a quiet one. */
const limits = { short: 40 * 60, long: 8 * 3600 };

const kept = join(installation.root, 'build', 'guest');
const options = understood();
const begun = performance.now();
const report = new Report((line) => (options.json ? process.stderr : process.stdout).write(`${line}\n`));
const scratch = mkdtempSync(join(tmpdir(), 'terashi-guest-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => leave(130));
await attempt('the test itself', tryAll);
report.time('everything', performance.now() - begun);
mkdirSync(dirname(options.report), { recursive: true });
writeFileSync(options.report, `${JSON.stringify(report.object, undefined, 2)}\n`);
if (options.json) console.log(JSON.stringify(report.object));
leave(report.passed ? 0 : 1);

/** The machines end with this process. */
function leave(code: number): never {
  rmSync(scratch, { recursive: true, force: true });
  process.exit(code);
}

function understood() {
  try {
    const { values } = parseArgs({
      options: {
        image: { type: 'string' },
        board: { type: 'string', default: 'qemu-amd64' },
        only: { type: 'string' },
        processors: { type: 'string', default: '1' },
        'power-cuts': { type: 'string' },
        thorough: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        report: { type: 'string', default: join(kept, 'report.json') },
        help: { type: 'boolean', default: false },
      },
    });
    const cuts = Number(values['power-cuts'] ?? 0);
    if (!Number.isInteger(cuts) || cuts < 0) throw new Error('--power-cuts N: 1, 2, 3 …');
    const emulation = emulations.find(({ board }) => board.name === values.board);
    if (!emulation) throw new Error(`--board: ${emulations.map(({ board }) => board.name).join(', ')}`);
    const only = suitesAsked(values.only, emulation);
    const processors = Number(values.processors);
    if (!Number.isInteger(processors) || processors < 1 || processors > 8)
      throw new Error('--processors N: 1, 2, 3 … 8');
    if (processors > 1 && only.some((name) => name !== 'start'))
      throw new Error('--processors: with --only start');
    if (!values.help) return { ...values, cuts, emulation, only, processors };
    process.stdout.write(help);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}

function suitesAsked(only: string | undefined, { board }: Emulation): readonly SuiteName[] {
  if (only === undefined) return ownSuites[board.name];
  const named = suiteNames.find((name) => name === only);
  if (!named) throw new Error(`--only: ${suiteNames.join(', ')}`);
  return [named];
}

/** What was not to be expected is a failure too. */
async function attempt(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await report.check(name, () => Promise.reject(error instanceof Error ? error : new Error(String(error))));
  }
}

async function tryAll(): Promise<void> {
  const { cuts, emulation, only, processors, thorough } = options;
  if (process.arch !== 'x64') throw new Error('a box is emulated on an amd64 computer: run this on one');
  ensureEmulates(emulation);
  const image = options.image === undefined ? await imageHere() : resolve(options.image);
  report.time('image', performance.now() - begun);
  const extras = join(scratch, 'extras.ext4');
  const settings = join(installation.root, 'hardware-tests', 'guest', 'extras', 'terashi.toml');
  const means: Means = {
    emulation,
    processors,
    flash: (name) => {
      const card = Card.flash(image, join(scratch, `${name}.card`));
      card.put(settings, 'terashi.toml');
      return card;
    },
    extras,
    keys: await developmentKeys(),
    folder: scratch,
    kept,
    report,
    limit: cuts > 0 || thorough ? limits.long : limits.short,
    thorough,
    tell: (name, news) => {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      if (options.verbose) console.error(name, seconds, JSON.stringify(news));
    },
  };
  mkdirSync(kept, { recursive: true });
  const gpioSim = await buildGpioSim(emulation.platform.debian, kernelOn(means), kept);
  await layExtras(emulation.platform, gpioSim, join(scratch, 'extras'), extras);
  if (cuts > 0) return powerCuts(means, cuts);
  // Emulated, a computer has one processor; most that emulate it have another one to spare.
  await Promise.all(only.map((name) => attempt(`the suite ${name}`, () => suites[name](means))));
}

/** The kernel that is on a new card. */
function kernelOn({ flash }: Means): Buffer {
  flash('kernel').take('slot-a', join(scratch, 'kernel'));
  rmSync(join(scratch, 'kernel.card'));
  return readFileSync(join(scratch, 'kernel', 'linux'));
}

/** Of this checkout, not compressed: it is not to be carried about. */
async function imageHere(): Promise<string> {
  const { board } = options.emulation;
  const archive =
    board.start.kind === 'raspberry-pi' ? await makeArchive(join(scratch, 'archive')) : undefined;
  const wishes = { appliance: undefined, raw: true, archive, keys: await developmentKeys() };
  const made = await makeImage(board, wishes);
  return made.find((file) => file.endsWith('.img'))!;
}
