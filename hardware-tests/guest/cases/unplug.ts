import assert from 'node:assert/strict';

import type { Entry } from '../../../appliance/record/entry.js';
import type { DeviceKind } from '../../../appliance/protocol/vault.js';
import { type Moment, moments } from '../../unplug-moments.js';
import type { Bench } from '../bench.js';
import type { Report, Row } from '../report.js';

/**
 * Pulls a device's cable at a moment of a visit, and plugs it back: the visit ends as it should and is recorded once,
 * its vault is gone, and the appliance is ready again by itself. Answers the row of the table.
 */
async function pull(bench: Bench, kind: DeviceKind, moment: Moment): Promise<Row & { ready: string }> {
  const { name, outcome = 'fault', reach } = moment;
  const { clerk } = bench;
  clerk.catchUp();
  const before = (await bench.records()).length;
  await reach(Object.assign(clerk, { spoil: (side: 'document' | 'probe') => bench.spoil(side) }));
  const vaults = await bench.vaults();
  await bench.unplug(kind);
  if (outcome !== 'none') {
    if (name !== 'erased') await clerk.scene('erased');
    await clerk.press('enter');
  }
  await clerk.scene('unavailable');
  const records = (await bench.records()).slice(before);
  const left = (await bench.vaults()).filter((pid) => vaults.includes(pid));
  await bench.mend();
  const begun = performance.now();
  await bench.plug(kind);
  await bench.ready();
  const ready = performance.now() - begun;
  assert.deepEqual(
    records.map((each) => each.outcome),
    outcome === 'none' ? [] : [outcome],
    `${name}, ${kind}: recorded was ${records.map(said).join(' + ')}`,
  );
  // The spare, if it was not what served the visit.
  assert(left.length <= 1, `${name}, ${kind}: a vault of the visit is still there`);
  return {
    state: name,
    unplugged: kind,
    recorded: records.map(said).join(' + ') || 'nothing',
    erased: 'yes',
    ready: `${(ready / 1000).toFixed(1)} s`,
  };
}

function said({ outcome, fault }: Entry): string {
  return fault === undefined ? outcome : `${outcome} (${fault})`;
}

/** In the short test: before a visit, before and while the device is at work. */
const short: readonly (readonly [Moment['name'], DeviceKind])[] = [
  ['idle', 'scanner'],
  ['idle', 'camera'],
  ['notice', 'camera'],
  ['scanning', 'scanner'],
  ['photographing', 'camera'],
];

/** The moments of the short test; or every state of a visit, with each device, `times` times. */
export async function unplugged(bench: Bench, report: Report, times: number | 'short'): Promise<void> {
  const rows: Row[] = [];
  for (const moment of moments)
    for (const kind of ['scanner', 'camera'] as const) {
      const wanted = short.some(([name, device]) => name === moment.name && device === kind);
      const count = times === 'short' ? Number(wanted) : times;
      for (let time = 0; time < count; time++) {
        const passed = await report.check(`unplugged at ${moment.name}: ${kind}`, async () => {
          const row = await pull(bench, kind, moment);
          rows.push(row);
          return `${row.recorded}; ready again after ${row.ready}`;
        });
        if (!passed) await bench.recover();
      }
    }
  report.table('Unplugged, and plugged back', rows);
}
