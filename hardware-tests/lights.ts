import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { openCharacterDevice } from '../appliance/panel/lights/character-device.js';
import { type Button, buttons, type Lines, outputs, type Wiring } from '../appliance/panel/lights/lines.js';
import { openSysfs } from '../appliance/panel/lights/sysfs.js';
import { wiringOf } from '../appliance/panel/lights/wiring.js';
import { defaults } from '../appliance/settings/settings.js';
import { measureLight, type Press } from './light-latency.js';

/**
 * Drives the lights' lines and presses their buttons on a simulated chip, and measures how long a press takes to
 * light the camera light: `lights.js [FOLDER LABEL]`, FOLDER being where gpio-sim shows its lines (such as
 * `/sys/devices/platform/gpio-sim.0/gpiochip0`). Without them it measures at the panel's socket alone.
 */
const [folder, label] = process.argv.slice(2) as (string | undefined)[];
const good = folder === undefined || label === undefined ? await atSocket() : await onChip(folder, label);
process.exitCode = good ? 0 : 1;

/** What gpio-sim's line is at, and what pulls it. */
class Sim {
  constructor(readonly folder: string) {}

  value(line: number): string {
    return readFileSync(join(this.folder, `sim_gpio${line}`, 'value'), 'utf8').trim();
  }

  /** A button draws its line low. */
  hold(line: number, down: boolean): void {
    writeFileSync(join(this.folder, `sim_gpio${line}`, 'pull'), down ? 'pull-down' : 'pull-up');
  }
}

async function onChip(folder: string, label: string): Promise<boolean> {
  const sim = new Sim(folder);
  const wiring = { ...wiringOf(defaults), chip: label };
  let good = true;
  const check = (said: string, holds: boolean): void => {
    good &&= holds;
    process.stdout.write(`${holds ? 'ok' : 'NOT OK'}  ${said}\n`);
  };
  let drivers = 0;
  for (const open of [openSysfs, openCharacterDevice]) {
    for (const button of buttons) sim.hold(wiring.buttons[button], false);
    for (const activeLow of [false, true]) {
      const lines = await open({ ...wiring, activeLow });
      if (!lines) {
        process.stdout.write(`--  ${open.name}: not on this machine\n`);
        break;
      }
      if (!activeLow) drivers += 1;
      await driveLines(lines, { ...wiring, activeLow }, sim, check);
    }
    check(
      `${open.name}: no other chip is taken for this one`,
      (await open({ ...wiring, chip: 'no such' })) === undefined,
    );
  }
  check(`driven through ${drivers} of 2 drivers`, drivers > 0);
  for (const button of buttons) sim.hold(wiring.buttons[button], false);
  const settings = mkdtempSync(join(tmpdir(), 'lights-'));
  try {
    const file = join(settings, 'terashi.toml');
    writeFileSync(file, `[lights]\nchip = ${JSON.stringify(label)}\n`);
    const press: Press = async (key) => {
      const line = wiring.buttons[buttonOf[key]];
      sim.hold(line, true);
      await wait(100);
      sim.hold(line, false);
    };
    await measureLight(['--settings', file], press, () => sim.value(wiring.outputs.camera) === '1');
  } finally {
    rmSync(settings, { recursive: true });
  }
  return good;
}

const buttonOf = { enter: 'yes', next: 'no' } as const satisfies Record<string, Button>;

async function driveLines(
  lines: Lines,
  wiring: Wiring,
  sim: Sim,
  check: (said: string, holds: boolean) => void,
): Promise<void> {
  const kind = `${lines.driver}${wiring.activeLow ? ', active low' : ''}`;
  const level = (on: boolean): string => (on === wiring.activeLow ? '0' : '1');
  let changes = 0;
  lines.watch(() => changes++);
  for (const output of outputs) {
    const seen = [true, false].map((on) => {
      lines.set(output, on);
      return { on, at: sim.value(wiring.outputs[output]), read: lines.isOn(output) };
    });
    const said = seen.map(({ on, at, read }) => `${on ? 'on' : 'off'} is ${at} reads ${read}`).join(', ');
    check(
      `${kind}: ${output} (${wiring.outputs[output]}) ${said}`,
      seen.every(({ on, at, read }) => at === level(on) && read === on),
    );
  }
  for (const button of buttons) {
    const read: (boolean | undefined)[] = [];
    for (const down of [true, false]) {
      const before = changes;
      sim.hold(wiring.buttons[button], down);
      for (let tries = 0; changes === before && tries < 200; tries++) await wait(10);
      read.push(changes > before ? lines.isDown(button) : undefined);
    }
    check(
      `${kind}: ${button} (${wiring.buttons[button]}) held ${read[0]}, let go ${read[1]}`,
      read.join() === 'true,false',
    );
  }
  lines.set('camera', true);
  lines.close();
  check(
    `${kind}: the camera light is off when its process lets go`,
    sim.value(wiring.outputs.camera) === level(false),
  );
}

async function atSocket(): Promise<boolean> {
  await measureLight([]);
  return true;
}
