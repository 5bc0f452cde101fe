#!/usr/bin/env node
/**
 * Unplugs the scanner, and the camera, at every state of a visit, and plugs it back: how does the visit end, is
 * everything erased, and how soon is the appliance ready again, without a restart?
 *
 *   node build/hardware-tests/unplug.js [TIMES]
 *
 * 3 times each by default. The appliance, libsane and the camera's programs' end of the pipe are real; scanner, camera
 * and udev are stand-ins (test/appliance/box.ts). Exit 1 when anything went otherwise than it should.
 */
import { existsSync } from 'node:fs';

import type { Entry } from '../appliance/record/entry.js';
import type { DeviceKind } from '../appliance/protocol/vault.js';
import { Box } from './counter/box.js';
import { type Moment, moments } from './unplug-moments.js';

const times = Number(process.argv[2] ?? 3);
const box = await Box.make();
if (!box) process.exit(1);
box.plug('camera');
box.plug('scanner');
const counter = await box.start();
await counter.scene('idle', 1);
counter.again();
const attendant = Object.assign(counter, { spoil: (side: 'document' | 'probe') => box.spoil(side) });

type Trial = {
  readonly recorded: string;
  readonly erased: boolean;
  readonly ready: number;
  readonly right: boolean;
};

async function trial(kind: DeviceKind, { outcome = 'fault', name, reach }: Moment): Promise<Trial> {
  const before = counter.records().length;
  await reach(attendant);
  const vaults = counter.vaults();
  box!.unplug(kind);
  if (outcome !== 'none') {
    if (name !== 'erased') await counter.scene('erased');
    await counter.press('enter');
  }
  await counter.scene('unavailable');
  const records = counter.records().slice(before);
  // One vault is spare and stays; at idle and before the notice it is the only one.
  const erased =
    vaults.filter((pid) => existsSync(`/proc/${pid}`)).length <= 1 && counter.vaults().length <= 1;
  await box!.mend();
  const begun = performance.now();
  box!.plug(kind);
  await counter.scene('idle', 1);
  const ready = performance.now() - begun;
  counter.again();
  const right = erased && records.map((each) => each.outcome).join() === (outcome === 'none' ? '' : outcome);
  return { recorded: records.map(said).join(' + ') || 'nothing', erased, ready, right };
}

function said({ outcome, fault }: Entry): string {
  return fault === undefined ? outcome : `${outcome} (${fault})`;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

let wrong = 0;
const all: number[] = [];
console.log(
  '| state | unplugged | recorded | erased | ready again, median |\n| --- | --- | --- | --- | --- |',
);
for (const moment of moments)
  for (const kind of ['scanner', 'camera'] as const) {
    const trials: Trial[] = [];
    while (trials.length < times) trials.push(await trial(kind, moment));
    const recorded = [...new Set(trials.map((each) => each.recorded))].join(', ');
    const erased = `${trials.filter((each) => each.erased).length} of ${times}`;
    const ready = trials.map((each) => each.ready);
    all.push(...ready);
    wrong += trials.filter((each) => !each.right).length;
    console.log(`| ${moment.name} | ${kind} | ${recorded} | ${erased} | ${seconds(median(ready))} |`);
  }
console.log(
  `\n${all.length} times unplugged, ${wrong} times otherwise than it should be. ` +
    `Ready again after ${seconds(median(all))} in the median, ${seconds(Math.max(...all))} at most.`,
);
await counter.close();
box.remove();
process.exit(wrong > 0 ? 1 : 0);

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
