#!/usr/bin/env node
/**
 * Unplugs the scanner or the camera at every state of a visit and plugs it back. Reports how the visit ends, whether
 * everything is erased, and how soon the appliance is ready again without a restart.
 *
 *   node build/hardware-tests/unplug.js [TIMES]
 *
 * 3 times each by default. The appliance, libsane and the reading end of the camera's pipe are real; scanner, camera and
 * udev are stand-ins (counter/box.ts). Exits with 1 when a result differs from the expected one.
 */
import { existsSync } from 'node:fs';

import type { Entry } from '../appliance/record/entry.js';
import type { DeviceKind } from '../appliance/protocol/vault.js';
import { Box } from './counter/box.js';
import { type UnplugPoint, unplugPoints } from './unplug-points.js';

const times = Number(process.argv[2] ?? 3);
const box = await Box.make();
if (!box) process.exit(1);
box.plug('camera');
box.plug('scanner');
const counter = await box.start();
await counter.scene('idle', 1);
counter.again();
const panelUser = Object.assign(counter, { spoil: (side: 'document' | 'probe') => box.spoil(side) });

type Result = {
  readonly recorded: string;
  readonly erased: boolean;
  readonly ready: number;
  readonly isExpected: boolean;
};

async function unplugAt({ outcome = 'fault', name, reach }: UnplugPoint, kind: DeviceKind): Promise<Result> {
  const before = counter.records().length;
  await reach(panelUser);
  const vaults = counter.vaults();
  box!.unplug(kind);
  if (outcome !== 'none') {
    if (name !== 'erased') await counter.scene('erased');
    await counter.press('enter');
  }
  await counter.scene('unavailable');
  const records = counter.records().slice(before);
  // The spare vault stays; at idle and before the notice it is the only one.
  const erased =
    vaults.filter((pid) => existsSync(`/proc/${pid}`)).length <= 1 && counter.vaults().length <= 1;
  await box!.mend();
  const begun = performance.now();
  box!.plug(kind);
  await counter.scene('idle', 1);
  const ready = performance.now() - begun;
  counter.again();
  const isExpected =
    erased && records.map((each) => each.outcome).join() === (outcome === 'none' ? '' : outcome);
  return { recorded: records.map(outcomeOf).join(' + ') || 'nothing', erased, ready, isExpected };
}

function outcomeOf({ outcome, fault }: Entry): string {
  return fault === undefined ? outcome : `${outcome} (${fault})`;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

let wrong = 0;
const all: number[] = [];
console.log(
  '| state | unplugged | recorded | erased | ready again, median |\n| --- | --- | --- | --- | --- |',
);
for (const point of unplugPoints)
  for (const kind of ['scanner', 'camera'] as const) {
    const results: Result[] = [];
    while (results.length < times) results.push(await unplugAt(point, kind));
    const recorded = [...new Set(results.map((each) => each.recorded))].join(', ');
    const erased = `${results.filter((each) => each.erased).length} of ${times}`;
    const ready = results.map((each) => each.ready);
    all.push(...ready);
    wrong += results.filter((each) => !each.isExpected).length;
    console.log(`| ${point.name} | ${kind} | ${recorded} | ${erased} | ${seconds(median(ready))} |`);
  }
console.log(
  `\n${all.length} times unplugged, ${wrong} unexpected results. ` +
    `Ready again after a median of ${seconds(median(all))}, at most ${seconds(Math.max(...all))}.`,
);
await counter.close();
box.remove();
process.exit(wrong > 0 ? 1 : 0);

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
