import assert from 'node:assert/strict';

import type { Scene } from '../../../appliance/panel/view.js';
import type { Entry } from '../../../appliance/record/entry.js';
import { until } from '../../counter/until.js';
import type { GuestAppliance } from '../appliance.js';
import type { LightPattern, LightsAndButtons } from '../lights-and-buttons.js';
import type { Report } from '../report.js';
import { guestTimeoutMs } from '../timeouts.js';

// The patterns as the page about lights and buttons documents them. None is imported from the appliance, so that a
// change there is noticed here.
const bar = (count: number): string => '●'.repeat(count) + '○'.repeat(4 - count);
const dark = bar(0);
const full = bar(4);
/** One light, or none for 0. */
const light = (number: number): string =>
  number === 0 ? dark : `${'○'.repeat(number - 1)}●${'○'.repeat(4 - number)}`;

/** Step `number` of a visit, then its choices with the chosen one lit; 0 if none is. */
function question(number: number, meaning: string, choices: number, chosen: number): LightPattern {
  const step = `${dark} (?:${bar(number)} ${dark} ){${number}}`;
  return { meaning, rows: new RegExp(step + choiceRows(choices, chosen)) };
}

function choiceRows(choices: number, chosen: number): string {
  return choices === 1 ? `${light(1)} ` : `(?:${bar(choices)} ${light(chosen)} ){2}`;
}

const above = (chosen: number, meaning: string): LightPattern => ({
  meaning: `above the threshold, ${meaning}`,
  rows: new RegExp(`${light(1)} ${bar(2)} ${bar(3)} ${full} ${dark} ${choiceRows(4, chosen)}`),
});
const erased: LightPattern = { meaning: 'erased', rows: new RegExp(`${dark} ${full} ${dark} ${light(1)} `) };
const cancelled: LightPattern = {
  meaning: 'erased, cancelled',
  rows: new RegExp(`(?:${full} ${dark} ){2}${light(1)} `),
};

/** Rows of a box that is ready. The last light blinks while the screen has a notice. */
const ready = ['●○○○', '●○○●'];

/** Waits until all nine GPIO lines are in use, under the consumer name that the kernel reports for the driver. */
export async function waitForDriver(appliance: GuestAppliance, consumer: 'sysfs' | 'terashi'): Promise<void> {
  let listing = '';
  const inUse = async () => {
    listing = await appliance.guest.run('cat', '/sys/kernel/debug/gpio');
    const used = listing.split('\n').filter((line) => line.startsWith(' gpio-') && line.includes(consumer));
    return used.length === 9;
  };
  const options = { timeoutMs: guestTimeoutMs, intervalMs: 1000, seen: () => listing };
  await until(`9 GPIO lines in use by ${consumer}`, inUse, options);
}

function assertScene(appliance: GuestAppliance, name: Scene['name']): void {
  assert.equal(appliance.clerk.view?.scene.name, name);
}

/** Makes one visit, and returns its record. */
async function recordOf(appliance: GuestAppliance, visit: () => Promise<void>): Promise<Entry> {
  const before = (await appliance.records()).length;
  await visit();
  const [entry, ...more] = (await appliance.records()).slice(before);
  assert.equal(more.length, 0);
  return entry;
}

/**
 * Makes one whole visit with only lights and buttons, through the character device of gpio-sim. At each step the scene is
 * compared with the lights; the record is compared at the end.
 */
export async function visitByLights(
  lights: LightsAndButtons,
  appliance: GuestAppliance,
  report: Report,
): Promise<string> {
  await waitForDriver(appliance, 'terashi');
  const { number, similarity, ...visit } = await recordOf(appliance, () =>
    wholeVisit(lights, appliance, report),
  );
  // A visit with the pseudo-scanner is recorded as practice.
  assert.deepEqual(
    { outcome: visit.outcome, practice: visit.practice, pictures: visit.pictures },
    { outcome: 'verified', practice: true, pictures: true },
  );
  return `record ${number} verified, similarity ${similarity}`;
}

async function wholeVisit(
  lights: LightsAndButtons,
  appliance: GuestAppliance,
  report: Report,
): Promise<void> {
  const cameraLight = () => lights.cameraLight.map(({ lit }) => lit);
  const scene = (name: Scene['name']) => assertScene(appliance, name);

  await lights.waitForSteady('ready', ready, 2500);
  scene('idle');
  await lights.press('yes');
  await lights.waitFor(question(1, 'step 1, reason: three choices, the second is lit', 3, 2));
  scene('reason');
  await lights.press('yes');
  await lights.waitFor(question(2, 'step 2, notice: two choices, none is lit', 2, 0));
  scene('notice');
  await lights.press('no');
  await lights.waitFor(question(2, 'step 2, notice: the first is lit', 2, 1));
  await lights.press('no');
  await lights.waitFor(question(2, 'step 2, notice: the second is lit', 2, 2));
  await lights.press('no');
  await lights.waitFor(question(2, 'step 2, notice: the first is lit', 2, 1));
  await lights.press('yes');
  await lights.waitFor(question(3, 'step 3, lay the card', 1, 1));
  scene('place-document');
  await lights.press('yes');
  await lights.waitFor(question(4, 'step 4, photograph', 1, 1));
  scene('before-photograph');
  assert.deepEqual(cameraLight(), [], 'no camera light before the photograph');
  const contact = await lights.press('yes');
  await lights.waitFor(above(0, 'none of four choices is lit'));
  scene('result');
  assert.deepEqual(cameraLight(), [true, false], 'the camera light is on while the visitor is photographed');
  report.time('button to camera light, from line to line', lights.cameraLight[0].at - contact);
  await lights.press('no');
  await lights.waitFor(above(1, 'the first is lit'));
  await lights.press('yes');
  // Erasing can be over before its pattern was seen.
  await lights.waitFor(erased);
  scene('erased');
  await lights.press('yes');
  await lights.waitForSteady('ready', ready, 2500);
}

/** Makes a visit that is cancelled, through onoff on the same GPIO lines. */
export async function cancelByLights(lights: LightsAndButtons, appliance: GuestAppliance): Promise<string> {
  const { number, outcome, practice, pictures } = await recordOf(appliance, async () => {
    await lights.waitForSteady('ready', ready, 2500);
    await lights.press('yes');
    await lights.waitFor(question(1, 'step 1, reason: three choices, the second is lit', 3, 2));
    await lights.press('no');
    await lights.waitFor(question(1, 'step 1, reason: the third is lit', 3, 3));
    await lights.press('cancel');
    await lights.waitFor(cancelled);
    assertScene(appliance, 'erased');
    await lights.press('yes');
    await lights.waitForSteady('ready', ready, 2500);
  });
  assert.deepEqual(
    { outcome, practice, pictures },
    { outcome: 'cancelled', practice: false, pictures: false },
  );
  const chain = await appliance.terashi('records', 'verify');
  assert(chain.ok, chain.text);
  return `record ${number} cancelled`;
}
