import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { installation } from '../../../appliance/installation.js';

const root = join(installation.root, 'image', 'os', 'root');
const program = join(root, 'usr', 'lib', 'terashi', 'usb-allowed');

/** Interfaces as udev's builtin usb_id lists them: class, subclass and protocol, in hexadecimal. */
const list = (parts: readonly string[]): string => `:${parts.join(':')}:`;

/** Class codes of usb.org, "Defined Class Codes", as devices of these kinds show them (lsusb -v). */
const useful: Record<string, readonly string[]> = {
  'a hub': ['090000', '090001', '090002'],
  'a stick': ['080650'],
  'a fast stick (UAS)': ['080650', '080662'],
  'a camera with a microphone': ['0e0100', '0e0200', '010100', '010200'],
  'a camera by UVC 1.5': ['0e0101', '0e0201'],
  'a keyboard': ['030101', '030000'],
  'a keyboard with a mouse by radio': ['030101', '030102', '030000'],
};
const scanners: Record<string, readonly string[]> = {
  'a scanner': ['ff00ff'],
  'a scanner that prints': ['ffffff', '070102', '080650'],
  'a scanner of still images': ['060101'],
};
const useless: Record<string, readonly string[]> = {
  'a network (ECM)': ['020600', '0a0000'],
  'a network (RNDIS)': ['e00103', '0a0000'],
  'a serial line': ['020201', '0a0000'],
  'a serial line of its maker’s own': ['ffffff'],
  'a mouse alone': ['030102'],
  'a microphone': ['010100', '010200'],
  Bluetooth: ['e00101'],
  'a card reader for smart cards': ['0b0000'],
  'a phone': ['ffff00', '060101'],
  'a printer': ['070102'],
  nothing: [],
};

describe('what may be plugged in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-usb-'));
  after(() => rmSync(folder, { recursive: true }));

  function allowed(interfaces: string, scanner = '', flag = join(folder, 'none')): boolean {
    const env = { ...process.env, TERASHI_NO_KEYBOARD: flag };
    const { status, stderr } = spawnSync(program, [interfaces, scanner], { env, encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.ok(status === 0 || status === 1, String(status));
    return status === 0;
  }

  for (const [name, parts] of Object.entries(useful))
    it(`is ${name}`, () => assert.equal(allowed(list(parts)), true));

  for (const [name, parts] of Object.entries(scanners))
    it(`is ${name}, if libsane knows it`, () => {
      assert.equal(allowed(list(parts), 'yes'), true);
      assert.equal(allowed(list(parts)), false);
    });

  for (const [name, parts] of Object.entries(useless))
    it(`is not ${name}`, () => assert.equal(allowed(list(parts)), false));

  it('is no keyboard where the settings partition says so, nor a device that is one as well', () => {
    const flag = join(folder, 'no-keyboard');
    writeFileSync(flag, '');
    assert.equal(allowed(list(useful['a keyboard']), '', flag), false);
    assert.equal(allowed(list([...useful['a stick'], '030101']), '', flag), false);
    assert.equal(allowed(list(useful['a stick']), '', flag), true);
  });

  it('is nothing that is a network, a serial line or a radio beside something useful', () => {
    const kinds = fc.constantFrom(...Object.values({ ...useful, ...scanners }));
    const refused = fc.constantFrom(
      '020600',
      '020201',
      '0a0000',
      'e00101',
      'e00103',
      '0b0000',
      'ef0201',
      'fe0300',
    );
    const device = fc
      .tuple(kinds, refused)
      .chain(([parts, one]) => fc.shuffledSubarray([...parts, one], { minLength: parts.length + 1 }));
    fc.assert(
      fc.property(device, (parts) => {
        assert.equal(allowed(list(parts), 'yes'), false);
      }),
      { numRuns: 40 },
    );
  });

  it('is nothing whose list of parts is so long that udev cuts it off', () => {
    const parts = Array.from({ length: 146 }, (_, i) => `ff${i.toString(16).padStart(4, '0')}`);
    assert.equal(allowed(list(parts.slice(0, 20)), 'yes'), true);
    assert.equal(allowed(list(parts), 'yes'), false);
  });

  it('is asked of that program by a rule that udev reads between libsane’s rules and the loading of drivers', () => {
    const rules = readFileSync(join(root, 'etc', 'udev', 'rules.d', '70-terashi-usb.rules'), 'utf8');
    const order = ['60-libsane1.rules', '70-terashi-usb.rules', '80-drivers.rules'];
    assert.deepEqual(order.toSorted(), order);
    assert.match(rules, /^KERNEL=="usb\[0-9\]\*", ATTR\{authorized_default\}="0", GOTO=/m);
    assert.match(rules, /^PROGRAM=="\/usr\/lib\/terashi\/usb-allowed .*ATTR\{authorized\}="1", GOTO=/m);
    assert.match(rules, /^ATTR\{authorized\}="0"$/m);
  });
});
