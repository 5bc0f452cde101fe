#!/usr/bin/env node
/**
 * Plugs in devices whose driver spins forever, and reports which device the appliance names, how soon, and whether a
 * process of the driver is left.
 *
 *   node build/hardware-tests/stall.js
 *
 * The devices are stand-ins (counter/box.ts) that spin as real drivers have been observed to. Exits with 1 when a result
 * differs from the expected one.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

import type { FaultCode } from '../appliance/findings.js';
import type { Scene } from '../appliance/panel/view.js';
import type { DeviceKind } from '../appliance/protocol/vault.js';
import { Box } from './counter/box.js';

const box = await Box.make();
if (!box) process.exit(1);
box.plug('camera');
box.plug('scanner');
const counter = await box.start();

type Case = {
  readonly kind: DeviceKind;
  readonly trouble: string;
  readonly what: string;
  readonly fault: FaultCode;
  /** The scene of a visit in which it spins; none where it spins while devices are listed. */
  readonly at?: Scene['name'];
};

const cases: readonly Case[] = [
  {
    kind: 'scanner',
    trouble: 'lists',
    what: 'spins while scanners are listed',
    fault: 'scanner-stalled',
  },
  {
    kind: 'scanner',
    trouble: 'reads',
    what: 'spins in the middle of a page',
    fault: 'scanner-stalled',
    at: 'scanning',
  },
  {
    kind: 'camera',
    trouble: 'lists',
    what: 'spins while cameras are listed',
    fault: 'camera-stalled',
  },
  {
    kind: 'camera',
    trouble: 'deaf',
    what: 'spins without a frame and ignores SIGINT and SIGTERM',
    fault: 'camera-no-frames',
    at: 'photographing',
  },
];

let wrong = 0;
console.log('| driver | named | after | left over |\n| --- | --- | --- | --- |');
for (const { kind, trouble, what, fault, at } of cases) {
  await counter.scene('idle', 1);
  box.unplug(kind);
  await counter.scene('unavailable');
  // A name without a device node; by a node that does not exist the scanner would count as unplugged.
  box.plug(kind, { name: 'fi-65F', trouble });
  let begun = performance.now();
  let vaults: number[] = [];
  if (at) {
    await counter.goTo(at);
    begun = performance.now();
    vaults = counter.vaults();
    await counter.scene('erased');
  } else {
    while ((await counter.scene('unavailable')).fault !== fault);
  }
  const took = performance.now() - begun;
  const named = at ? counter.records().at(-1)?.fault : fault;
  const left = leftOver(vaults);
  wrong += named === fault && left === 0 ? 0 : 1;
  console.log(`| ${kind}: ${what} | ${named ?? 'nothing'} | ${(took / 1000).toFixed(1)} s | ${left} |`);
  box.unplug(kind);
  if (at) await counter.press('enter');
  await counter.scene('unavailable');
  box.plug(kind);
}
await counter.scene('idle', 1);
await counter.close();
box.remove();
process.exit(wrong > 0 ? 1 : 0);

/** The number of processes that still run: the camera's programs, and the earlier vaults except a spare one. */
function leftOver(vaults: readonly number[]): number {
  const programs = readdirSync('/proc').filter((pid) =>
    commandOf(pid).includes(`${box!.folder}/bin/libcamera`),
  );
  return programs.length + Math.max(0, vaults.filter((pid) => existsSync(`/proc/${pid}`)).length - 1);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
