import assert from 'node:assert/strict';

import * as z from 'zod';

import { type Bench, settings } from '../bench.js';
import type { Report } from '../report.js';

const said = z.object({
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
 * What a vendor would read of a box such as the guest: its devices work, and it is not to be shipped, since its camera
 * has 1.2 megapixels. Nobody is asked about lights and buttons, and no firmware tells of heat.
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

/** `terashi bench-test --unattended` on the devices on USB, with the test card in both. The report keeps all of it. The appliance is off afterwards. */
export async function benchTest(bench: Bench, report: Report): Promise<string> {
  await bench.stopAppliance();
  await bench.showTestCard();
  const place = '/run/bench-test';
  const own = ['--settings', settings, '--state', place, '--report', place];
  const command = ['terashi', 'bench-test', '--unattended', '--minutes', '0.1', ...own];
  const run = await bench.guest.ask({ do: 'run', command });
  const file = await bench.guest.ask({ do: 'read', file: `${place}.json` });
  assert(file.ok, run.text);
  report.benchTest = JSON.parse(file.text);
  const { outcome, steps } = said.parse(report.benchTest);
  const verdicts = steps.map(
    ({ step, verdict, code }) => `${step} ${verdict}${code === null ? '' : ` (${code})`}`,
  );
  assert.deepEqual(verdicts, expected);
  assert.equal(outcome, 'failed');
  const { visits } = steps.at(-1)!.numbers;
  assert(visits >= 1);
  return `${verdicts.join(', ')}; visits ${visits}`;
}
