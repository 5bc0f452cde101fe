import assert from 'node:assert/strict';

import type { Scene } from '../../../appliance/panel/view.js';
import { type Bench, state } from '../bench.js';
import type { Report } from '../report.js';

/** The scenes between which the time of a visit is told. */
const milestones: readonly Scene['name'][] = ['notice', 'place-document', 'before-photograph', 'result'];

/** One whole visit by the panel's keys; its record says so, and the chain of records verifies. */
export async function wholeVisit(bench: Bench, report: Report, by: string): Promise<string> {
  const { clerk } = bench;
  const before = (await bench.records()).length;
  const begun = performance.now();
  for (const milestone of ['idle', 'reason', ...milestones] as const) {
    await clerk.scene(milestone, 1);
    report.time(`visit (${by}): ${milestone}`, performance.now() - begun);
    await clerk.press('enter');
  }
  const { because, record } = await clerk.scene('erased');
  report.time(`visit (${by}): erased`, performance.now() - begun);
  assert.equal(because, 'decided');
  const [entry, ...more] = (await bench.records()).slice(before);
  assert.equal(more.length, 0);
  assert.deepEqual(
    { number: entry?.number, outcome: entry?.outcome, practice: entry?.practice, pictures: entry?.pictures },
    { number: record, outcome: 'verified', practice: false, pictures: true },
  );
  const verified = await bench.terashi('records', 'verify', `${state}/records.jsonl`);
  assert(verified.ok, verified.text);
  await clerk.press('enter');
  await bench.ready();
  return `record ${record} verified, similarity ${entry?.similarity}`;
}
