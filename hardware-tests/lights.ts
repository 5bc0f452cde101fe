import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { openCharacterDevice } from '../appliance/panel/lights/character-device.js';
import { type Button, buttons, type Lines, outputs, type Wiring } from '../appliance/panel/lights/lines.js';
import { openSysfs } from '../appliance/panel/lights/sysfs.js';
import { wiringOf } from '../appliance/panel/lights/wiring.js';
import { defaults } from '../appliance/settings/settings.js';
import { measureLightLatency, type Press } from './light-latency.js';

/**
 * Drives lights and buttons on a simulated chip through both drivers, and measures the time from a press to the camera
 * light.
 *
 *   node build/hardware-tests/lights.js [FOLDER LABEL]
 *
 * FOLDER is where gpio-sim exposes its lines (such as `/sys/devices/platform/gpio-sim.0/gpiochip0`), LABEL the chip's
 * label. Without them only the time is measured, at the panel's socket.
 */
const [folder, label] = process.argv.slice(2) as (string | undefined)[];
const good = folder === undefined || label === undefined ? await atSocket() : await onChip(folder, label);
process.exitCode = good ? 0 : 1;

/** The lines of gpio-sim. */
class Sim {
  constructor(readonly folder: string) {}

  value(line: number): string {
    return readFileSync(join(this.folder, `sim_gpio${line}`, 'value'), 'utf8').trim();
  }

  /** Presses or releases a button, which pulls its line low. */
  setButton(line: number, down: boolean): void {
    writeFileSync(join(this.folder, `sim_gpio${line}`, 'pull'), down ? 'pull-down' : 'pull-up');
  }
}

async function onChip(folder: string, label: string): Promise<boolean> {
  const sim = new Sim(folder);
  const wiring = { ...wiringOf(defaults), chip: label };
  let good = true;
  const check = (what: string, passed: boolean): void => {
    good &&= passed;
    process.stdout.write(`${passed ? 'ok' : 'NOT OK'}  ${what}\n`);
  };
  let drivers = 0;
  for (const open of [openSysfs, openCharacterDevice]) {
    for (const button of buttons) sim.setButton(wiring.buttons[button], false);
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
      `${open.name}: no chip with another label is opened`,
      (await open({ ...wiring, chip: 'no such' })) === undefined,
    );
  }
  check(`driven through ${drivers} of 2 drivers`, drivers > 0);
  for (const button of buttons) sim.setButton(wiring.buttons[button], false);
  const settings = mkdtempSync(join(tmpdir(), 'lights-'));
  try {
    const file = join(settings, 'terashi.toml');
    writeFileSync(file, `[lights]\nchip = ${JSON.stringify(label)}\n`);
    const press: Press = async (key) => {
      const line = wiring.buttons[buttonOf[key]];
      sim.setButton(line, true);
      await wait(100);
      sim.setButton(line, false);
    };
    await measureLightLatency(['--settings', file], press, () => sim.value(wiring.outputs.camera) === '1');
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
  check: (what: string, passed: boolean) => void,
): Promise<void> {
  const kind = `${lines.driver}${wiring.activeLow ? ', active low' : ''}`;
  const level = (on: boolean): string => (on === wiring.activeLow ? '0' : '1');
  let changes = 0;
  lines.watch(() => changes++);
  for (const output of outputs) {
    const states = [true, false].map((on) => {
      lines.set(output, on);
      return { on, at: sim.value(wiring.outputs[output]), read: lines.isOn(output) };
    });
    const shown = states.map(({ on, at, read }) => `${on ? 'on' : 'off'} is ${at} reads ${read}`).join(', ');
    check(
      `${kind}: ${output} (${wiring.outputs[output]}) ${shown}`,
      states.every(({ on, at, read }) => at === level(on) && read === on),
    );
  }
  for (const button of buttons) {
    const read: (boolean | undefined)[] = [];
    for (const down of [true, false]) {
      const before = changes;
      sim.setButton(wiring.buttons[button], down);
      for (let tries = 0; changes === before && tries < 200; tries++) await wait(10);
      read.push(changes > before ? lines.isDown(button) : undefined);
    }
    check(
      `${kind}: ${button} (${wiring.buttons[button]}) pressed ${read[0]}, released ${read[1]}`,
      read.join() === 'true,false',
    );
  }
  lines.set('camera', true);
  lines.close();
  check(
    `${kind}: the camera light is off after the lines are released`,
    sim.value(wiring.outputs.camera) === level(false),
  );
}

async function atSocket(): Promise<boolean> {
  await measureLightLatency([]);
  return true;
}
