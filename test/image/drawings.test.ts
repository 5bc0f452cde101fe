import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { pins } from '../../appliance/settings/pins.js';
import { parseSettings } from '../../appliance/settings/parse.js';
import { goodDistance, heightTolerance } from '../../image/handbook/drawings/distance.js';
import { drawings } from '../../image/handbook/drawings/drawings.js';
import { header, pinOf } from '../../image/handbook/drawings/header.js';
import { parts } from '../../image/handbook/drawings/parts.js';
import { element, text } from '../../image/handbook/drawings/svg.js';

/** GPIO numbers by the pins of the 40-pin header (BCM2711 ARM Peripherals; gpiozero's `pinout` of a Raspberry Pi 4). */
const lines: Readonly<Record<number, number>> = {
  ...{
    3: 2,
    5: 3,
    7: 4,
    8: 14,
    10: 15,
    11: 17,
    12: 18,
    13: 27,
    15: 22,
    16: 23,
    18: 24,
    19: 10,
    21: 9,
    22: 25,
  },
  ...{
    23: 11,
    24: 8,
    26: 7,
    27: 0,
    28: 1,
    29: 5,
    31: 6,
    32: 12,
    33: 13,
    35: 19,
    36: 16,
    37: 26,
    38: 20,
    40: 21,
  },
};
const others: Readonly<Record<number, string>> = {
  ...{ 1: '3.3 V', 17: '3.3 V', 2: '5 V', 4: '5 V', 6: 'ground', 9: 'ground', 14: 'ground', 20: 'ground' },
  ...{ 25: 'ground', 30: 'ground', 34: 'ground', 39: 'ground' },
};

const read = (name: string) => readFileSync(join(installation.root, 'image', 'handbook', name), 'utf8');

describe("the handbook's drawings", () => {
  for (const [name, draw] of Object.entries(drawings)) {
    it(`lie beside the handbook as they are drawn (${name}; npm run drawings draws them)`, () => {
      assert.equal(read(name), draw());
    });

    it(`are well-formed, and nothing lies off the paper (${name})`, () => {
      const svg = read(name);
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
      // A4 (ISO 216).
      assert.deepEqual([width, height], ['210', '297']);
      for (const [, attribute, value] of svg.matchAll(/ (c?[xy])="(-?[\d.]+)"/g))
        assert(
          Number(value) >= 0 && Number(value) <= (attribute.endsWith('x') ? 210 : 297),
          `${attribute}=${value}`,
        );
      const opened = [...svg.matchAll(/<(\w+)[^>]*?(\/?)>/g)].filter(([, , closed]) => closed === '');
      const closed = [...svg.matchAll(/<\/(\w+)>/g)];
      assert.deepEqual(opened.map(([, tag]) => tag).sort(), closed.map(([, tag]) => tag).sort());
    });
  }

  it('have the 40 pins of the header', () => {
    assert.equal(header.length, 40);
    for (const [index, pin] of header.entries()) {
      const number = index + 1;
      assert.deepEqual(pin, number in lines ? { line: lines[number] } : others[number], String(number));
    }
    assert.throws(() => pinOf(28), /GPIO 28/);
  });

  it('wire every part of the settings, each to the pin of its line', () => {
    const { settings } = parseSettings(new Uint8Array());
    const wanted = pins.map(([table, key]) => {
      const line = (settings[table] as Readonly<Record<string, unknown>>)[key] as number;
      return { setting: `${table}.${key}`, line };
    });
    assert.deepEqual(
      parts().map(({ setting, line }) => ({ setting, line })),
      wanted,
    );
    for (const { pin, line } of parts()) assert.equal(lines[pin], line);
    const svg = read('wiring.svg');
    for (const { setting, line } of wanted) assert(svg.includes(`>${setting} · BCM ${line}<`), setting);
  });

  it('mark the 5 V pins, and no other, as not to be used', () => {
    assert.equal([...read('wiring.svg').matchAll(/>5 V ×</g)].length, 2);
  });

  // By hand: 2 × tan 20.5° = 0.7478, so that 0.19 m are a quarter of the picture at 1.016 m and three quarters at 0.339 m.
  it('compute how far a face may be from a camera', () => {
    const { least, most } = goodDistance(41);
    assert(Math.abs(least - 0.339) < 0.001, String(least));
    assert(Math.abs(most - 1.016) < 0.001, String(most));
    // A fifth of 0.7 m × 0.7478.
    assert(Math.abs(heightTolerance(41, 0.7) - 0.1047) < 0.0001);
  });

  it('write text and numbers as XML has them', () => {
    assert.equal(text(1, 2, 'a & b < c', 3), '<text x="1" y="2" font-size="3">a &amp; b &lt; c</text>');
    assert.equal(element('rect', { x: 0.1 + 0.2, fill: '"' }), '<rect x="0.3" fill="&quot;"/>');
  });
});
