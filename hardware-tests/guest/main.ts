#!/usr/bin/env node
/**
 * The appliance in a computer that QEMU emulates: Debian 13 with systemd and udev, libcamera's virtual camera, a USB
 * camera and a scanner that can be unplugged, and simulated GPIO lines. See README.md.
 *
 *   node build/hardware-tests/guest/main.js [--thorough] [--verbose] [--json] [--report FILE]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { installation } from '../../appliance/installation.js';
import { Bench } from './bench.js';
import { layDisk } from './disk.js';
import { Guest } from './guest.js';
import { Machine } from './machine.js';
import { Report } from './report.js';
import { buildRoot } from './root.js';
import { unplugged } from './trials/unplug.js';
import { wholeVisit } from './trials/visit.js';

const {
  thorough,
  verbose,
  json,
  report: file,
} = parseArgs({
  options: {
    thorough: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    report: { type: 'string', default: join(installation.root, 'build', 'guest', 'report.json') },
  },
}).values;

/** In seconds: after this the machine is switched off, whatever it does. */
const limit = thorough ? 4 * 3600 : 14 * 60;

const begun = performance.now();
const report = new Report((line) => (json ? process.stderr : process.stdout).write(`${line}\n`));
const scratch = mkdtempSync(join(tmpdir(), 'terashi-guest-'));
let machine: Machine | undefined;
try {
  machine = await tryAll();
} catch (error) {
  await report.check('the test itself', () => Promise.reject(error as Error));
} finally {
  await machine?.switchOff();
  rmSync(scratch, { recursive: true });
}
report.time('everything', performance.now() - begun);
writeFileSync(file, `${JSON.stringify(report.object, undefined, 2)}\n`);
if (json) console.log(JSON.stringify(report.object));
process.exit(report.passed ? 0 : 1);

async function tryAll(): Promise<Machine> {
  const root = await buildRoot(join(installation.root, 'build', 'guest'));
  report.time('root built', performance.now() - begun);
  const disk = join(scratch, 'appliance.ext4');
  await layDisk(join(scratch, 'disk'), disk);

  const switchedOn = performance.now();
  const sinceOn = () => performance.now() - switchedOn;
  machine = Machine.boot(root, disk, scratch, limit);
  const guest = new Guest(await machine.wire());
  if (verbose) guest.on('news', (news) => console.error((sinceOn() / 1000).toFixed(1), JSON.stringify(news)));
  const bench = new Bench(machine, guest);
  await bench.plug('scanner');
  await guest.here;
  report.time('switched on until the agent answers', sinceOn());
  await bench.ready();
  report.time('switched on until ready', sinceOn());
  report.time('of this, processor time of the emulation', machine.cost * 1000);

  await report.check('a whole visit: camera module (libcamera), scanner', () =>
    wholeVisit(bench, report, 'camera module'),
  );
  await bench.removeVirtualCamera();
  await bench.plug('camera');
  await bench.recover();
  await unplugged(bench, report, thorough ? 3 : 'once');
  return machine;
}
