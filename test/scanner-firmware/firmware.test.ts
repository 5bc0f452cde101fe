import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import fc from 'fast-check';

import { checkScannerFirmware } from '../../appliance/health/scanner-firmware.js';
import { firmwareState } from '../../appliance/scanner-firmware/file.js';
import { firmwareIn } from '../../appliance/scanner-firmware/listed.js';
import { neededFirmware } from '../../appliance/scanner-firmware/needed.js';
import { storedFirmware } from '../../appliance/scanner-firmware/stored.js';

/** A head of 256 bytes, which the driver skips, and 65,536 that it sends (SANE 1.2.1, backend/epjitsu.c, load_fw). */
const shortest = 65_792;

/** A file of that length, as none of a maker's can be kept here. */
const whole = Buffer.alloc(shortest, 'no firmware');

describe('the firmware of a scanner', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-firmware-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function made(name: string, content: Buffer | string): string {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  describe('as a file', () => {
    it('is whole with all that the driver sends, or more', async () => {
      assert.equal(await firmwareState(made('a.nal', whole)), 'whole');
      assert.equal(await firmwareState(made('a.nal', Buffer.concat([whole, Buffer.alloc(256)]))), 'whole');
    });

    it('is damaged if it is empty, cut off, something else, or was overwritten', async () => {
      const head = (text: string) =>
        Buffer.concat([Buffer.from(text, 'latin1'), whole.subarray(text.length)]);
      for (const [what, content] of Object.entries({
        'zero bytes': Buffer.alloc(0),
        'one byte too few': whole.subarray(1),
        'zeros of the full length': Buffer.alloc(shortest),
        'nothing but its head': Buffer.concat([whole.subarray(0, 256), Buffer.alloc(shortest - 256, 0xff)]),
        'an installer': Buffer.alloc(4_000_000, whole),
        // The heads of cabinets (Microsoft, InstallShield), of programs, of zip files, and of a page that a browser saved.
        'a cabinet': head('MSCF'),
        "InstallShield's cabinet": head('ISc('),
        'a program': head('MZ'),
        'a zip file': head('PK\x03\x04'),
        'a page': head('<!DOCTYPE html>'),
      }))
        assert.equal(await firmwareState(made('a.nal', content)), 'damaged', what);
      mkdirSync(join(folder, 'folder.nal'));
      assert.equal(await firmwareState(join(folder, 'folder.nal')), 'damaged');
    });

    it('is absent where no file is', async () => {
      assert.equal(await firmwareState(join(folder, 'none.nal')), 'absent');
      assert.equal(await firmwareState(join(made('file', ''), 'a.nal')), 'absent');
    });

    it('is judged whatever lies there, and never whole with another length', async () => {
      const length = fc.oneof(fc.nat(140_000), fc.integer({ min: shortest - 2, max: shortest + 2 }));
      await fc.assert(
        fc.asyncProperty(length, fc.uint8Array({ minLength: 1, maxLength: 64 }), async (size, pattern) => {
          const state = await firmwareState(made('any.nal', Buffer.alloc(size, pattern)));
          if (size < shortest || size > 2 * shortest) assert.equal(state, 'damaged');
          // Two equal bytes or more in a row are no firmware; anything else may be some.
          else if (new Set(pattern).size === 1) assert.equal(state, 'damaged');
          else assert.ok(state === 'whole' || state === 'damaged');
        }),
        { numRuns: 60 },
      );
    });
  });

  describe("as the driver's list names it", () => {
    it('belongs to every scanner that follows, as in sane-epjitsu(5)', () => {
      const list =
        '# a\nfirmware  /a b/60f.nal \nusb 0x04c5 0x10C7\nusb\t0x04C5 0x11bd\nfirmware /c.nal\nusb 0x1 0x2\n';
      assert.deepEqual(firmwareIn(list), [
        { scanner: '04c5:10c7', path: '/a b/60f.nal' },
        { scanner: '04c5:11bd', path: '/a b/60f.nal' },
      ]);
      assert.deepEqual(firmwareIn('usb 0x04c5 0x10c7\n'), []);
    });

    it('is read from any text', () => {
      const part = fc.constantFrom(
        'firmware',
        'usb',
        ' ',
        '\n',
        '#',
        '0x04c5',
        '0x10c7',
        '/a.nal',
        '\t',
        'x',
      );
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string(),
            fc.array(part).map((parts) => parts.join('')),
          ),
          (text) => {
            for (const { scanner, path } of firmwareIn(text)) {
              assert.match(scanner, /^[0-9a-f]{4}:[0-9a-f]{4}$/);
              assert.ok(path.trim() && !path.includes('\n'));
            }
          },
        ),
      );
    });
  });

  describe('on a machine', () => {
    const [sixty, sixtyFive] = [
      ['04c5', '10c7'],
      ['04c5', '11bd'],
    ] as const;

    /** A machine with these USB devices, and a list that names two folders for each scanner. */
    function machine(...plugged: (readonly [vendor: string, product: string])[]) {
      rmSync(join(folder, 'usb'), { recursive: true, force: true });
      for (const [index, [vendor, product]] of plugged.entries()) {
        made(`usb/1-${index + 1}/idVendor`, `${vendor}\n`);
        made(`usb/1-${index + 1}/idProduct`, `${product}\n`);
      }
      mkdirSync(join(folder, 'usb', '1-1:1.0'), { recursive: true });
      const lines = [
        ['60f_0A00.nal', '10c7'],
        ['65f_0A01.nal', '11bd'],
      ].flatMap(([file, product]) =>
        ['card', 'etc'].map((place) => `firmware ${join(folder, place, file)}\nusb 0x04c5 0x${product}\n`),
      );
      return { configuration: made('epjitsu.conf', lines.join('')), usb: join(folder, 'usb') };
    }
    const said = async (places: ReturnType<typeof machine>) => {
      const { verdict, code } = await checkScannerFirmware(places);
      return code === undefined ? verdict : `${verdict} ${code}`;
    };

    it('is asked for where such a scanner is plugged in, and only there', async () => {
      assert.equal(await neededFirmware(machine()), 'none');
      assert.equal(await neededFirmware(machine(['04a9', '220e'])), 'none');
      assert.equal(await neededFirmware(machine(sixtyFive)), 'missing');
      assert.equal(await said(machine()), 'ok');
      assert.equal(await said(machine(sixtyFive)), 'warning scanner-firmware-missing');
    });

    it('is looked for in each folder, and must be the scanner’s own', async () => {
      made('card/60f_0A00.nal', whole);
      assert.equal(await neededFirmware(machine(sixty)), 'whole');
      assert.equal(await neededFirmware(machine(sixtyFive)), 'missing');
      assert.equal(await neededFirmware(machine(sixty, sixtyFive)), 'missing');
      made('etc/65f_0A01.nal', whole);
      assert.equal(await neededFirmware(machine(sixty, sixtyFive)), 'whole');
      made('card/65f_0A01.nal', '');
      assert.equal(await neededFirmware(machine(sixty, sixtyFive)), 'whole');
      rmSync(join(folder, 'etc'), { recursive: true });
      assert.equal(await neededFirmware(machine(sixty, sixtyFive)), 'damaged');
    });

    it('is checked without a scanner too, and a name that none asks for is told', async () => {
      made('card/65f_0A01.nal', '');
      assert.equal(await said(machine()), 'warning scanner-firmware-damaged');
      made('card/65f_0A01.nal', whole);
      assert.equal(await said(machine()), 'ok');
      made('card/handbook.txt', 'x');
      made('card/._65f_0A01.nal', 'hidden, by macOS');
      assert.equal(await storedFirmware(machine()), 'well');
      made('card/fi-65F.nal', whole);
      assert.equal(await said(machine()), 'warning scanner-firmware-unknown');
      assert.equal(await said(machine(sixty)), 'warning scanner-firmware-missing');
    });

    it('is asked for nowhere without the driver’s list', async () => {
      const { usb } = machine(sixtyFive);
      assert.equal(await said({ configuration: join(folder, 'none.conf'), usb }), 'ok');
      assert.equal(await said({ configuration: join(folder, 'none.conf'), usb: join(folder, 'none') }), 'ok');
    });

    it('needs the very letters where the file system tells them apart', async () => {
      made('card/65F_0A01.NAL', whole);
      assert.equal(await said(machine()), 'warning scanner-firmware-unknown');
      assert.equal(await said(machine(sixtyFive)), 'warning scanner-firmware-missing');
    });
  });
});
