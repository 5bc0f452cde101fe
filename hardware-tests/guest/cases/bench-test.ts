import assert from 'node:assert/strict';

import * as z from 'zod';

import { type GuestAppliance, settings } from '../appliance.js';
import type { Report } from '../report.js';

const benchReport = z.object({
  outcome: z.string(),
  steps: z.array(
    z.object({
      step: z.string(),
      verdict: z.string(),
      code: z.string().nullable(),
      numbers: z.record(z.string(), z.number()),
    }),
  ),
});

/**
 * The expected result on the guest: its devices work, but it must not ship, because its camera has 1.2 megapixels.
 * Unattended, nobody judges lights and buttons; an emulated machine reports no throttling.
 */
const expected = [
  'self-test passed',
  'lights not-made (nobody-asked)',
  'buttons not-made (nobody-asked)',
  'scanner-card passed',
  'camera-card passed',
  'camera-pixels failed (camera-few-pixels)',
  'visits not-made (heat-unknown)',
];

/**
 * Runs `terashi bench-test --unattended` on the USB devices, with the test card in both. Its whole report is kept. The
 * appliance is off afterwards.
 */
export async function benchTest(appliance: GuestAppliance, report: Report): Promise<string> {
  await appliance.stop();
  await appliance.showTestCard();
  const folder = '/run/bench-test';
  const options = ['--settings', settings, '--state', folder, '--report', folder];
  const command = ['terashi', 'bench-test', '--unattended', '--minutes', '0.1', ...options];
  const run = await appliance.guest.send({ do: 'run', command });
  const file = await appliance.guest.send({ do: 'read', file: `${folder}.json` });
  assert(file.ok, run.text);
  report.benchTest = JSON.parse(file.text);
  const { outcome, steps } = benchReport.parse(report.benchTest);
  const verdicts = steps.map(
    ({ step, verdict, code }) => `${step} ${verdict}${code === null ? '' : ` (${code})`}`,
  );
  assert.deepEqual(verdicts, expected);
  assert.equal(outcome, 'failed');
  const { visits } = steps.at(-1)!.numbers;
  assert(visits >= 1);
  return `${verdicts.join(', ')}; visits ${visits}`;
}
