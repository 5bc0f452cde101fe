import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { baseOf } from '../../../appliance/panel/lights/gpio-class.js';

describe('the chips in /sys/class/gpio', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gpio-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function chip(name: string, files: Readonly<Record<string, string>>): void {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
  }
  const whole = (label: string, base: number, ngpio: number) => ({
    label: `${label}\n`,
    base: `${base}\n`,
    ngpio: `${ngpio}\n`,
  });

  it('are told apart by their labels, wherever the kernel began to count', () => {
    // A Pi 4 and a Pi 5 with kernel 6.6.
    chip('gpiochip512', whole('pinctrl-bcm2711', 512, 58));
    chip('gpiochip570', whole('raspberrypi-exp-gpio', 570, 8));
    assert.equal(baseOf('auto', 27, folder), 512);
    assert.equal(baseOf('raspberrypi-exp-gpio', 7, folder), 570);
    rmSync(join(folder, 'gpiochip512'), { recursive: true });
    chip('gpiochip571', whole('pinctrl-rp1', 571, 54));
    assert.equal(baseOf('auto', 27, folder), 571);
  });

  it('are none where no chip has the label or the lines', () => {
    assert.equal(baseOf('auto', 27, folder), undefined);
    chip('gpiochip512', whole('gpio-sim.0-node0', 512, 32));
    assert.equal(baseOf('auto', 27, folder), undefined);
    assert.equal(baseOf('gpio-sim.0-node0', 32, folder), undefined);
    assert.equal(baseOf('gpio-sim.0-node0', 31, folder), 512);
    assert.equal(baseOf('auto', 27, join(folder, 'missing')), undefined);
  });

  it('are passed over where they say what cannot be', () => {
    chip('gpiochip0', { label: 'pinctrl-rp1\n' });
    chip('gpio17', whole('pinctrl-rp1', 3, 54));
    chip('gpiochip1', { ...whole('pinctrl-rp1', 0, 54), base: '-1\n' });
    writeFileSync(join(folder, 'export'), '');
    assert.equal(baseOf('auto', 27, folder), undefined);
    fc.assert(
      fc.property(fc.string(), fc.string(), (base, ngpio) => {
        fc.pre(!/^\s*\d{1,9}\s*$/.test(base) || !/^\s*\d{1,9}\s*$/.test(ngpio));
        writeFileSync(join(folder, 'gpiochip1', 'base'), base);
        writeFileSync(join(folder, 'gpiochip1', 'ngpio'), ngpio);
        assert.equal(baseOf('auto', 0, folder), undefined);
      }),
    );
  });
});
