import assert from 'node:assert/strict';

import type { DeviceKind } from '../../../appliance/protocol/vault.js';
import type { Entry } from '../../../appliance/record/entry.js';
import { type UnplugPoint, unplugPoints } from '../../unplug-points.js';
import type { GuestAppliance } from '../appliance.js';
import type { TableRow } from '../report.js';
import { runCase, type SuiteContext } from '../suites/suite.js';

/**
 * Unplugs a device at a point of a visit and plugs it back: the visit ends and is recorded once, its vault is gone, and
 * the appliance becomes ready again by itself.
 */
async function unplug(
  appliance: GuestAppliance,
  kind: DeviceKind,
  { name, outcome = 'fault', reach }: UnplugPoint,
): Promise<TableRow & { ready: string }> {
  const { clerk } = appliance;
  clerk.catchUp();
  const before = (await appliance.records()).length;
  await reach(Object.assign(clerk, { spoil: (side: 'document' | 'probe') => appliance.showBlank(side) }));
  const vaults = await appliance.vaultPids();
  await appliance.unplug(kind);
  if (outcome !== 'none') {
    if (name !== 'erased') await clerk.scene('erased');
    await clerk.press('enter');
  }
  await clerk.scene('unavailable');
  const records = (await appliance.records()).slice(before);
  const left = (await appliance.vaultPids()).filter((pid) => vaults.includes(pid));
  await appliance.restorePictures();
  const begun = performance.now();
  await appliance.plug(kind);
  await appliance.waitUntilReady();
  const ready = performance.now() - begun;
  const recorded = records.map(outcomeOf).join(' + ');
  assert.deepEqual(
    records.map((each) => each.outcome),
    outcome === 'none' ? [] : [outcome],
    `${name}, ${kind}: the record says ${recorded}`,
  );
  // One of them may be the spare vault, which served no visit.
  assert(left.length <= 1, `${name}, ${kind}: a vault of the visit is still there`);
  return {
    state: name,
    unplugged: kind,
    recorded: recorded || 'nothing',
    erased: 'yes',
    ready: `${(ready / 1000).toFixed(1)} s`,
  };
}

function outcomeOf({ outcome, fault }: Entry): string {
  return fault === undefined ? outcome : `${outcome} (${fault})`;
}

const singleCases = [
  { name: 'counter/unplug/idle-scanner', state: 'idle', kind: 'scanner' },
  { name: 'counter/unplug/idle-camera', state: 'idle', kind: 'camera' },
  { name: 'counter/unplug/notice-camera', state: 'notice', kind: 'camera' },
  { name: 'counter/unplug/scanning-scanner', state: 'scanning', kind: 'scanner' },
  { name: 'counter/unplug/photographing-camera', state: 'photographing', kind: 'camera' },
] as const;

export async function unplugAtSelectedPoints(
  context: SuiteContext,
  appliance: GuestAppliance,
): Promise<void> {
  const rows: TableRow[] = [];
  for (const { name, state, kind } of singleCases) {
    const point = unplugPoints.find((each) => each.name === state)!;
    const passed = await runCase(context, name, () => unplugInto(rows, appliance, kind, point));
    if (!passed) await appliance.recover();
  }
  if (rows.length > 0) context.report.table('Unplugged and plugged back', rows);
}

/** Unplugs either device at every state of a visit, several times each. */
export async function unplugEverywhere(
  { report, selection }: SuiteContext,
  appliance: GuestAppliance,
  times: number,
): Promise<void> {
  if (!selection.has('counter/unplug')) return;
  const rows: TableRow[] = [];
  for (const point of unplugPoints)
    for (const kind of ['scanner', 'camera'] as const)
      for (let time = 0; time < times; time++) {
        const passed = await report.check(`counter/unplug: the ${kind} at ${point.name}`, () =>
          unplugInto(rows, appliance, kind, point),
        );
        if (!passed) await appliance.recover();
      }
  report.table('Unplugged and plugged back', rows);
}

async function unplugInto(
  rows: TableRow[],
  appliance: GuestAppliance,
  kind: DeviceKind,
  point: UnplugPoint,
): Promise<string> {
  const row = await unplug(appliance, kind, point);
  rows.push(row);
  return `${row.recorded}; ready again after ${row.ready}`;
}
