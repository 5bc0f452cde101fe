import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { pinKeys } from '../../../appliance/settings/pins.js';
import { defaults, valueOf } from '../../../appliance/settings/settings.js';

/** Pins of the 40-pin header by BCM number (Raspberry Pi's documentation, "GPIO and the 40-pin header"). */
const headerPin = { 5: 29, 6: 31, 12: 32, 13: 33, 16: 36, 19: 35, 20: 38, 21: 40, 26: 37 } as const;
/** Lines of tegra234-gpio by pin on Orin NX and Nano (NVIDIA's Jetson.GPIO, JETSON_ORIN_NX_PIN_DEFS). */
const orinLine = { 29: 105, 31: 106, 32: 41, 33: 43, 35: 53, 36: 113, 37: 124, 38: 52, 40: 51 } as const;

const page = join(installation.root, 'appliance', 'panel', 'lights', 'README.md');

describe("the lights' page", () => {
  it('wires each part to the line that the settings have by default', () => {
    const rows = readFileSync(page, 'utf8').matchAll(/^\|[^|]+\| `([\w.]+)` +\| (\d+) +\|$/gm);
    assert.deepEqual(
      [...rows].map(([, key, line]) => [key, Number(line)]),
      pinKeys.map((key) => [key, valueOf(defaults, key)]),
    );
  });

  it('wires a Jetson by the same pins of the header', () => {
    const rows = readFileSync(page, 'utf8').matchAll(/^\|[^|]+\| `([\w.]+)` +\| (\d+) +\| (\d+) +\|$/gm);
    assert.deepEqual(
      [...rows].map(([, key, pin, line]) => [key, Number(pin), Number(line)]),
      pinKeys.map((key) => {
        const pin = headerPin[valueOf(defaults, key) as keyof typeof headerPin];
        return [key, pin, orinLine[pin]];
      }),
    );
  });
});
