import assert from 'node:assert/strict';

import * as z from 'zod';

import { type CheckName, checkName, verdict } from '../../../appliance/health/check.js';
import type { Bench } from '../bench.js';
import type { Lamps } from '../lamps.js';
import type { Report } from '../report.js';

const said = z.object({
  well: z.boolean(),
  appliance: z.string(),
  checks: z.array(z.object({ check: checkName, verdict, code: z.string().nullish() })),
});

/** What must be well in the guest: the devices, the lights, and what an appliance consists of. */
const well: readonly CheckName[] = ['models', 'scanner', 'lights', 'records'];

/**
 * `terashi doctor --json`: the running appliance tests itself, on its own devices, and the camera only while its light
 * is on. The report keeps all of it.
 */
export async function doctor(lamps: Lamps, bench: Bench, report: Report): Promise<string> {
  const earlier = lamps.camera.length;
  const { text } = await bench.terashi('doctor', '--json');
  const whole: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  report.doctor = whole;
  const { appliance, checks } = said.parse(whole);
  assert.equal(appliance, 'asked');
  const verdicts = checks.map(({ check, verdict, code }) => `${check} ${verdict}${code ? ` (${code})` : ''}`);
  for (const name of well)
    assert.equal(checks.find(({ check }) => check === name)?.verdict, 'ok', verdicts.join(', '));
  assert(!checks.some(({ verdict }) => verdict === 'failed'), verdicts.join(', '));
  assert.deepEqual(
    lamps.camera.slice(earlier).map(({ lit }) => lit),
    [true, false],
    'the camera light is on while the camera is tested',
  );
  return verdicts.join(', ');
}
