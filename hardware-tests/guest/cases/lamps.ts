import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import type { Scene } from '../../../appliance/panel/view.js';
import type { Entry } from '../../../appliance/record/entry.js';
import type { Bench } from '../bench.js';
import type { Lamps, Reading } from '../lamps.js';
import type { Report } from '../report.js';

// What the README's table says of lights, and no more: nothing here asks the appliance for its patterns.
const bar = (count: number): string => '●'.repeat(count) + '○'.repeat(4 - count);
const light = (number: number): string => `${'○'.repeat(number - 1)}●${'○'.repeat(4 - number)}`;
const dark = bar(0);
const full = bar(4);

/** Step `number` of a visit, and of its choices the one that is lit. */
function question(number: number, says: string, choices: number, chosen: number): Reading {
  const step = `${dark} (?:${bar(number)} ${dark} ){${number}}`;
  return { says, rows: new RegExp(step + offered(choices, chosen)) };
}

function offered(choices: number, chosen: number): string {
  return choices === 1 ? `${light(1)} ` : `(?:${bar(choices)} ${light(chosen)} ){2}`;
}

const above: Reading = {
  says: 'above the threshold, the first of four choices is lit',
  rows: new RegExp(`${light(1)} ${bar(2)} ${bar(3)} ${full} ${dark} ${offered(4, 1)}`),
};
const erasing: Reading = { says: 'erasing', rows: new RegExp(`(?:${full} ○●●○ ${dark} )+`) };
const erased: Reading = { says: 'erased', rows: new RegExp(`${dark} ${full} ${dark} ${light(1)} `) };
const brokenOff: Reading = {
  says: 'erased, cancelled',
  rows: new RegExp(`(?:${full} ${dark} ){2}${light(1)} `),
};

/** Lights of a working appliance; the last winks where the screen has a notice. */
const ready = ['●○○○', '●○○●'];

/** In milliseconds: the lights' process takes no longer to begin, even in an emulated guest. */
const patience = 120_000;

/**
 * Waits until the nine lines are held by somebody, as the kernel calls them: `sysfs` for onoff, or the name that the
 * appliance gives itself.
 */
async function held(bench: Bench, holder: 'sysfs' | 'terashi'): Promise<void> {
  for (const deadline = performance.now() + patience; ;) {
    const shown = await bench.guest.run('cat', '/sys/kernel/debug/gpio');
    const lines = shown.split('\n').filter((line) => line.startsWith(' gpio-') && line.includes(holder));
    if (lines.length === 9) return;
    assert(performance.now() < deadline, `${holder} has ${lines.length} of 9 lines:\n${shown}`);
    await wait(1000);
  }
}

/** That the screen would show it too. */
function shows(bench: Bench, name: Scene['name']): void {
  assert.equal(bench.clerk.newest?.scene.name, name);
}

/** What was recorded meanwhile, which is one visit. */
async function recorded(bench: Bench, during: () => Promise<void>): Promise<Entry> {
  const before = (await bench.records()).length;
  await during();
  const [entry, ...more] = (await bench.records()).slice(before);
  assert.equal(more.length, 0);
  return entry;
}

/**
 * One whole visit by somebody who sees the lights only and has the three buttons, through the character device of gpio-sim.
 * What the screen would have shown is compared at each step, and the record afterwards.
 */
export async function visitByLamps(lamps: Lamps, bench: Bench, report: Report): Promise<string> {
  await held(bench, 'terashi');
  const { number, similarity, ...visit } = await recorded(bench, () => wholeVisit(lamps, bench, report));
  // With a pseudo-scanner a visit is practice, and says so.
  assert.deepEqual(
    { outcome: visit.outcome, practice: visit.practice, pictures: visit.pictures },
    { outcome: 'verified', practice: true, pictures: true },
  );
  return `record ${number} verified, similarity ${similarity}`;
}

async function wholeVisit(lamps: Lamps, bench: Bench, report: Report): Promise<void> {
  const cameraLight = () => lamps.camera.map(({ lit }) => lit);
  const shown = (name: Scene['name']) => shows(bench, name);

  await lamps.readSteady('ready', ready, 2500);
  shown('idle');
  await lamps.press('yes');
  await lamps.read(question(1, 'step 1, reason: three choices, the second is lit', 3, 2));
  shown('reason');
  await lamps.press('yes');
  await lamps.read(question(2, 'step 2, notice: two choices, the first is lit', 2, 1));
  shown('notice');
  await lamps.press('no');
  await lamps.read(question(2, 'step 2, notice: the second is lit', 2, 2));
  await lamps.press('no');
  await lamps.read(question(2, 'step 2, notice: the first is lit', 2, 1));
  await lamps.press('yes');
  await lamps.read(question(3, 'step 3, lay the card', 1, 1));
  shown('place-document');
  await lamps.press('yes');
  await lamps.read(question(4, 'step 4, photograph', 1, 1));
  shown('before-photograph');
  assert.deepEqual(cameraLight(), [], 'no camera light before the photograph');
  const contact = await lamps.press('yes');
  await lamps.read(above);
  shown('result');
  assert.deepEqual(cameraLight(), [true, false], 'the camera light is on while the visitor is photographed');
  report.time('button to camera light, from line to line', lamps.camera[0].at - contact);
  await lamps.press('yes');
  await lamps.read(erasing);
  await lamps.read(erased);
  shown('erased');
  await lamps.press('yes');
  await lamps.readSteady('ready', ready, 2500);
}

/** A visit that is cancelled, through onoff on the same lines. */
export async function cancelByLamps(lamps: Lamps, bench: Bench): Promise<string> {
  await held(bench, 'sysfs');
  const { number, outcome, practice, pictures } = await recorded(bench, async () => {
    await lamps.readSteady('ready', ready, 2500);
    await lamps.press('yes');
    await lamps.read(question(1, 'step 1, reason: three choices, the second is lit', 3, 2));
    await lamps.press('no');
    await lamps.read(question(1, 'step 1, reason: the third is lit', 3, 3));
    await lamps.press('cancel');
    await lamps.read(brokenOff);
    shows(bench, 'erased');
    await lamps.press('yes');
    await lamps.readSteady('ready', ready, 2500);
  });
  assert.deepEqual(
    { outcome, practice, pictures },
    { outcome: 'cancelled', practice: false, pictures: false },
  );
  const chain = await bench.terashi('records', 'verify');
  assert(chain.ok, chain.text);
  return `record ${number} cancelled`;
}
