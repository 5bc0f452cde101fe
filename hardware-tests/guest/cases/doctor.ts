import assert from 'node:assert/strict';

import * as z from 'zod';

import { type CheckName, checkName, verdict } from '../../../appliance/health/check.js';
import type { GuestAppliance } from '../appliance.js';
import type { LightsAndButtons } from '../lights-and-buttons.js';
import type { Report } from '../report.js';

const doctorReport = z.object({
  well: z.boolean(),
  appliance: z.string(),
  checks: z.array(z.object({ check: checkName, verdict, code: z.string().nullish() })),
});

/** The checks that must be `ok` in the guest. The others may warn, for example of the clock. */
const mustPass: readonly CheckName[] = ['models', 'scanner', 'lights', 'records'];

/**
 * Runs `terashi doctor --json`: the running appliance tests itself on its own devices, and the camera only while its
 * light is on. The whole output is kept.
 */
export async function doctor(
  lights: LightsAndButtons,
  appliance: GuestAppliance,
  report: Report,
): Promise<string> {
  const earlier = lights.cameraLight.length;
  const { text } = await appliance.terashi('doctor', '--json');
  const output: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  report.doctor = output;
  const { appliance: tested, checks } = doctorReport.parse(output);
  assert.equal(tested, 'asked');
  const verdicts = checks.map(({ check, verdict, code }) => `${check} ${verdict}${code ? ` (${code})` : ''}`);
  for (const name of mustPass)
    assert.equal(checks.find(({ check }) => check === name)?.verdict, 'ok', verdicts.join(', '));
  assert(!checks.some(({ verdict }) => verdict === 'failed'), verdicts.join(', '));
  assert.deepEqual(
    lights.cameraLight.slice(earlier).map(({ lit }) => lit),
    [true, false],
    'the camera light is on while the camera is tested',
  );
  return verdicts.join(', ');
}
