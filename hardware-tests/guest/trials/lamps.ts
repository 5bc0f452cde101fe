import assert from 'node:assert/strict';

import type { Scene } from '../../../appliance/panel/view.js';
import { type Bench, state } from '../bench.js';
import { Lamps, type Reading } from '../lamps.js';
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

/**
 * One whole visit by somebody who sees the lights only and has the three buttons, through onoff on gpio-sim's lines;
 * then one that is cancelled. What the screen would have shown is compared at each step, and the records afterwards.
 */
export async function visitByLamps(bench: Bench, report: Report): Promise<string> {
  const lamps = await Lamps.at(bench.guest);
  const before = (await bench.records()).length;
  const { guest, clerk } = bench;
  const driver = await guest.ask({ do: 'run', command: ['sh', '-c', 'ls -d /sys/class/gpio/gpio[0-9]*'] });
  assert.equal(driver.text.trim().split('\n').length, 9, 'onoff has exported the nine lines');
  const cameraLight = () => lamps.camera.map(({ lit }) => lit);
  const shown = (name: Scene['name']) => assert.equal(clerk.newest?.scene.name, name);

  try {
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
    assert.deepEqual(
      cameraLight(),
      [true, false],
      'the camera light is on while the visitor is photographed',
    );
    report.time('button to camera light, from line to line', lamps.camera[0].at - contact);
    await lamps.press('yes');
    await lamps.read(erasing);
    await lamps.read(erased);
    shown('erased');
    await lamps.press('yes');
    await lamps.readSteady('ready', ready, 2500);

    await lamps.press('yes');
    await lamps.read(question(1, 'step 1, reason', 3, 2));
    await lamps.press('cancel');
    await lamps.read(brokenOff);
    shown('erased');
    await lamps.press('yes');
    await lamps.readSteady('ready', ready, 2500);
  } finally {
    report.tell(lamps.transcript);
  }

  const [visit, cancelled, ...more] = (await bench.records()).slice(before);
  assert.equal(more.length, 0);
  assert.deepEqual(
    { outcome: visit.outcome, practice: visit.practice, pictures: visit.pictures },
    { outcome: 'verified', practice: false, pictures: true },
  );
  assert.deepEqual(
    { outcome: cancelled.outcome, pictures: cancelled.pictures },
    { outcome: 'cancelled', pictures: false },
  );
  const chain = await bench.terashi('records', 'verify', `${state}/records.jsonl`);
  assert(chain.ok, chain.text);
  return `record ${visit.number} verified, similarity ${visit.similarity}; record ${cancelled.number} cancelled`;
}
