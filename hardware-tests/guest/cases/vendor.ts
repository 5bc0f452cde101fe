import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { Scene, View } from '../../../appliance/panel/view.js';
import type { Output } from '../../../appliance/protocol/bench-test.js';
import { type Grant, makeToken, tokenFile } from '../../../appliance/vendor/token.js';
import type { UpdateKeys } from '../../../image/os/update-keys.js';
import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import type { Button, LightsAndButtons } from '../lights-and-buttons.js';
import type { Report } from '../report.js';
import { Stick } from '../stick.js';
import { longTimeoutMs } from '../timeouts.js';

/**
 * The expected result on the guest: its devices, lights and buttons work, but it must not ship, because its camera has
 * 1.2 megapixels; and an emulated machine reports neither its temperature nor throttling.
 */
const expected = [
  'self-test passed',
  'lights passed',
  'buttons passed',
  'scanner-card passed',
  'camera-card passed',
  'camera-pixels failed',
  'visits not-made',
];

const timing = { timeoutMs: longTimeoutMs, intervalMs: 200 };

type BenchTest = Extract<Scene, { name: 'bench-test' }>;

/**
 * A vendor with a token on a stick tests the box at its panel. The first token is for another box, so that the panel
 * shows the number for the second. The report has to be on the stick, and every step in the records.
 */
export async function vendorTests(
  box: Box,
  lights: LightsAndButtons,
  keys: UpdateKeys,
  folder: string,
  report: Report,
): Promise<string> {
  const { appliance } = box;
  const { clerk } = appliance;
  const before = (await vendorDeeds(box)).length;
  const stickFor = (name: string, granted: Grant): Stick => {
    const file = join(folder, tokenFile);
    const [key, certificate] = [keys.key, keys.certificate].map((each) => readFileSync(each, 'utf8'));
    writeFileSync(file, makeToken(granted, { key, certificate }));
    return new Stick(join(folder, `${name}.img`), [file]);
  };
  const terms = { until: '2098-12-31', minutes: 0.1 };

  await box.machine.plugStick(stickFor('vendor-other', { box: '000000000000', ...terms }).file);
  await clerk.choose('look-at-stick');
  await clerk.waitFor((view) => newsIn(view)?.is === 'refused', 'the refusal of a token for another box');
  const refused = newsIn(clerk.view!);
  assert(refused?.is === 'refused' && refused.why === 'other-box' && refused.box !== undefined);
  await box.machine.pullStick();
  await clerk.waitFor((view) => newsIn(view) === undefined, 'no news of a token');

  const stick = stickFor('vendor', { box: refused.box, ...terms });
  await box.machine.plugStick(stick.file);
  await clerk.choose('look-at-stick');
  await clerk.waitFor(({ choices }) => choices.includes('vendor'), "the offer of the vendor's menu");
  await clerk.choose('vendor');
  await clerk.waitFor(({ scene }) => scene.name === 'vendor-menu', "the vendor's menu");
  await clerk.choose('bench-test');
  await appliance.showTestCard();
  const asked = await answerAll(box, lights);
  const { scene } = clerk.view!;
  assert(scene.name === 'vendor-reported', JSON.stringify(scene));
  assert.equal(scene.why, undefined);
  const verdicts = scene.bench!.steps.map(({ step, verdict }) => `${step} ${verdict}`);
  assert.deepEqual(verdicts, expected);
  assert.equal(scene.bench!.outcome, 'failed');
  await clerk.choose('done');
  await clerk.waitFor((view) => view.scene.name === 'vendor-menu', "the vendor's menu");
  await box.machine.pullStick();
  await clerk.waitFor(({ scene, underTest }) => scene.name === 'idle' && !underTest, 'an idle box');
  assert.doesNotMatch(await box.guest.run('cat', '/proc/mounts'), /terashi-stick/);
  await appliance.restorePictures();

  const files = stick.extractAll(join(folder, 'vendor'));
  const json = files.find((file) => file.endsWith('.json'));
  assert(json !== undefined, files.join(', '));
  report.vendorTest = JSON.parse(readFileSync(json, 'utf8'));
  assert.deepEqual((await vendorDeeds(box)).slice(before), [
    'refused (other-box)',
    'entered',
    'bench-test',
    'export',
  ]);
  const names = files.map((file) => basename(file)).join(', ');
  return `box ${refused.box}; asked ${asked.join(', ')}; ${verdicts.join(', ')}; on the stick: ${names}`;
}

/** Answers every question with yes once it is true, and presses every button, until the test has its report. */
async function answerAll({ appliance: { clerk }, guest }: Box, lights: LightsAndButtons): Promise<string[]> {
  const asked: string[] = [];
  for (;;) {
    const isNext = () => clerk.view!.scene.name === 'vendor-reported' || requestIn(clerk.view!) !== undefined;
    await until('a question of the bench test, or its report', isNext, timing);
    const request = requestIn(clerk.view!);
    if (request === undefined) return asked;
    asked.push(request);
    const { ask, press } = clerk.view!.scene as BenchTest;
    if (press) await lights.press(press satisfies Button);
    else {
      if (ask && ask in lines)
        await until(`only ${ask} to be on`, () => isAlone(guest, ask as Output), timing);
      await clerk.choose('answer-yes');
    }
    await until(`the end of ${request}`, () => requestIn(clerk.view!) !== request, timing);
  }
}

function requestIn({ scene }: View): string | undefined {
  return scene.name === 'bench-test' ? (scene.ask ?? scene.press) : undefined;
}

function newsIn({ scene }: View) {
  return scene.name === 'idle' || scene.name === 'unavailable' ? scene.vendor : undefined;
}

/** The default wiring, as the page about lights and buttons lists it; the buzzer beats, so that it is not read. */
const lines: Readonly<Partial<Record<string, number>>> = { led1: 5, led2: 6, led3: 13, led4: 19, camera: 26 };

/** Whether that light's line is on and no other, by gpio-sim. */
async function isAlone(guest: Box['guest'], wanted: Output): Promise<boolean> {
  const values = await Promise.all(
    Object.entries(lines).map(async ([name, line]) => {
      const file = `/sys/devices/platform/gpio-sim.0/gpiochip*/sim_gpio${line}/value`;
      return (await guest.run('sh', '-c', `cat ${file}`)).trim() === '1' ? [name] : [];
    }),
  );
  return values.flat().join() === wanted;
}

async function vendorDeeds({ guest }: Box): Promise<string[]> {
  const file = await guest.send({ do: 'read', file: '/var/lib/terashi/records.jsonl' });
  return (file.ok ? file.text : '')
    .split('\n')
    .filter((line) => line.includes('"vendor":'))
    .map((line) => JSON.parse(line) as { vendor: string; why?: string })
    .map(({ vendor, why }) => (why === undefined ? vendor : `${vendor} (${why})`));
}
