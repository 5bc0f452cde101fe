#!/usr/bin/env node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { installation } from '../../appliance/installation.js';
import { Bench } from './bench.js';
import { layDisk } from './disk.js';
import { Guest } from './guest.js';
import { Lamps } from './lamps.js';
import { type Boot, Machine } from './machine.js';
import { Report } from './report.js';
import { buildRoot } from './root.js';
import { benchTest } from './trials/bench-test.js';
import { doctor } from './trials/doctor.js';
import { cancelByLamps, visitByLamps } from './trials/lamps.js';
import { spinningDriver } from './trials/stall.js';
import { unplugged } from './trials/unplug.js';

const help = `npm run guest [-- OPTIONS]

  The appliance in a computer that QEMU emulates: Debian 13 with systemd and udev, SANE's pseudo-scanner, libcamera's
  virtual camera, a USB camera and a USB scanner that are unplugged and plugged back, and lights and buttons on
  gpio-sim. Within a quarter of an hour; the first time it builds the guest's root from Debian's packages, in two to
  five minutes of it.

  --thorough      both devices unplugged at every state of a visit, 3 times each (hours)
  --verbose       what the guest's agent tells, on the standard error
  --json          the report as JSON
  --report FILE   where the report is kept as well (build/guest/report.json)
  --help          this help

  Exit codes: 0 all as it should be, 1 something was not, 2 bad usage.
`;

/** In seconds: after so long the guests are switched off, whatever they do; a busy computer needs twice the time of a quiet one. */
const limits = { short: 30 * 60, thorough: 8 * 3600 };

const options = understood();
const begun = performance.now();
const report = new Report((line) => (options.json ? process.stderr : process.stdout).write(`${line}\n`));
const scratch = mkdtempSync(join(tmpdir(), 'terashi-guest-'));
const machines: Machine[] = [];
try {
  await tryAll();
} catch (error) {
  await report.check('the test itself', () =>
    Promise.reject(error instanceof Error ? error : new Error(String(error))),
  );
} finally {
  await Promise.all(machines.map((machine) => machine.switchOff()));
  rmSync(scratch, { recursive: true });
}
report.time('everything', performance.now() - begun);
mkdirSync(dirname(options.report), { recursive: true });
writeFileSync(options.report, `${JSON.stringify(report.object, undefined, 2)}\n`);
if (options.json) console.log(JSON.stringify(report.object));
process.exit(report.passed ? 0 : 1);

function understood() {
  try {
    const { values } = parseArgs({
      options: {
        thorough: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        report: { type: 'string', default: join(installation.root, 'build', 'guest', 'report.json') },
        help: { type: 'boolean', default: false },
      },
    });
    if (!values.help) return values;
    process.stdout.write(help);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}

async function tryAll(): Promise<void> {
  if (process.arch !== 'x64')
    throw new Error('the guest takes Node from this computer, which has to be an amd64');
  const disk = join(scratch, 'appliance.ext4');
  const [root] = await Promise.all([
    buildRoot(join(installation.root, 'build', 'guest')),
    layDisk(join(scratch, 'disk'), disk),
  ]);
  report.time('root built', performance.now() - begun);
  const limit = options.thorough ? limits.thorough : limits.short - (performance.now() - begun) / 1000;
  const boot = { root, appliance: disk, limit };
  // Emulated, a computer has one processor; most that emulate it have another one to spare.
  await Promise.all([
    inGuest(boot, 'counter', ['agent', 'terashi'], tryCounter),
    inGuest(boot, 'bench', ['agent', 'gpio-sim'], async (bench) => {
      await report.check('terashi bench-test --unattended', () => benchTest(bench, report));
    }),
  ]);
}

/** Boots a guest, and tries something once its agent is there. */
async function inGuest(
  boot: Boot,
  name: string,
  units: readonly string[],
  work: (bench: Bench, machine: Machine, sinceOn: () => number) => Promise<void>,
): Promise<void> {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const switchedOn = performance.now();
  const sinceOn = () => performance.now() - switchedOn;
  const machine = Machine.boot(boot, folder, units);
  machines.push(machine);
  const off = machine.off.then(() => {
    throw new Error(`the guest went off; its console ended with\n${machine.console.slice(-2000)}`);
  });
  const tried = async () => {
    const guest = new Guest(await machine.wire());
    if (options.verbose)
      guest.on('news', (news) => console.error(name, (sinceOn() / 1000).toFixed(1), JSON.stringify(news)));
    await guest.here;
    await work(new Bench(machine, guest), machine, sinceOn);
  };
  await Promise.race([off, tried()]);
  await machine.switchOff();
}

async function tryCounter(bench: Bench, machine: Machine, sinceOn: () => number): Promise<void> {
  report.time('switched on until the agent answers', sinceOn());
  await bench.attend();
  await bench.ready();
  report.time('switched on until ready', sinceOn());
  report.time('of this, processor time of the emulation', machine.cost * 1000);

  const lamps = await Lamps.at(bench.guest, (line) => report.tell(line));
  await report.check(
    "a visit by lights and buttons alone: SANE's pseudo-scanner, libcamera's virtual camera, the GPIO character device",
    () => visitByLamps(lamps, bench, report),
  );
  await bench.endPractice();
  await bench.bringSysfs();
  await report.check('one that is cancelled, with a scanner on USB and the lines of onoff', () =>
    cancelByLamps(lamps, bench),
  );
  await report.check('terashi doctor --json', () => doctor(lamps, bench, report));
  await lamps.leave();
  await bench.changeCamera();
  await unplugged(bench, report, options.thorough ? 3 : 'short');
  await report.check('a driver that spins', () => spinningDriver(bench));
}
