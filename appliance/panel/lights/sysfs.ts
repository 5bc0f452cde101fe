import type { BinaryValue, Gpio } from 'onoff';

import { baseOf } from './gpio-class.js';
import { type Button, buttons, type Lines, type Output, outputs, type Wiring } from './lines.js';

const gpioClass = '/sys/class/gpio';

/** Exports the lines through `/sys/class/gpio` with onoff; undefined without such a chip or if the lines are in use. */
export async function openSysfs(wiring: Wiring): Promise<Lines | undefined> {
  const last = Math.max(...Object.values(wiring.outputs), ...Object.values(wiring.buttons));
  const base = baseOf(wiring.chip, last, gpioClass);
  if (base === undefined) return undefined;
  const taken: Gpio[] = [];
  try {
    const onoff = await import('onoff');
    const take = (gpio: Gpio): Gpio => {
      taken.push(gpio);
      return gpio;
    };
    // Setting direction and level together keeps the light from flashing.
    const off = wiring.activeLow ? 'high' : 'low';
    const { activeLow } = wiring;
    const out = (output: Output) =>
      take(new onoff.Gpio(base + wiring.outputs[output], off, 'none', { activeLow }));
    const button = (name: Button) =>
      take(new onoff.Gpio(base + wiring.buttons[name], 'in', 'both', { activeLow: true }));
    return linesOf(
      new Map(outputs.map((output) => [output, out(output)])),
      new Map(buttons.map((name) => [name, button(name)])),
    );
  } catch {
    for (const gpio of taken) gpio.unexport();
    return undefined;
  }
}

function linesOf(outs: ReadonlyMap<Output, Gpio>, ins: ReadonlyMap<Button, Gpio>): Lines {
  const set = (output: Output, on: boolean): void => {
    attempt(() => outs.get(output)!.writeSync(Number(on) as BinaryValue));
  };
  return {
    driver: 'sysfs',
    set,
    isOn: (output) => attempt(() => outs.get(output)!.readSync() === 1),
    isDown: (button) => attempt(() => ins.get(button)!.readSync() === 1),
    watch(changed) {
      for (const gpio of ins.values()) gpio.watch(() => changed());
    },
    close() {
      for (const output of outputs) set(output, false);
      for (const gpio of [...outs.values(), ...ins.values()]) attempt(() => gpio.unexport());
    },
  };
}

function attempt<T>(of: () => T): T | undefined {
  try {
    return of();
  } catch {
    return undefined;
  }
}
