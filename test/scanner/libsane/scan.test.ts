import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import { findScanners } from '../../../appliance/scanner/find.js';
import { Sane } from '../../../appliance/scanner/sane/sane.js';
import type { ScanFault } from '../../../appliance/scanner/protocol.js';
import { scanPage } from '../../../appliance/scanner/scan.js';
import type { Page } from '../../../appliance/scanner/scanner.js';
import type { Result } from '../../../appliance/result.js';
import type { ScannerChoice, ScannerWait } from '../../../appliance/protocol/vault.js';
import {
  compileFaultyDriver,
  configuration,
  type Driver,
} from '../../../hardware-tests/counter/scanners/drivers.js';
import { restoreEnvironment } from '../../environment.js';

const impatient = { longest: 0, pause: 0, quick: 10_000 };
const trial = join(import.meta.dirname, 'trial.js');
const afterClose = join(import.meta.dirname, 'after-close.js');

describe('scanner: a scan', () => {
  let sane: Sane;
  let faulty: Driver | undefined;
  let folder: string;
  restoreEnvironment('LD_LIBRARY_PATH');

  before(() => {
    faulty = compileFaultyDriver();
    folder = mkdtempSync(join(tmpdir(), 'terashi-test-'));
    // libsane searches this folder when it first needs a driver.
    if (faulty) process.env.LD_LIBRARY_PATH = faulty.folder;
    sane = new Sane({ configuration, timeouts: { quiet: 2000, moving: 5000 } });
  });

  after(async () => {
    await sane.exit();
    faulty?.remove();
    rmSync(folder, { recursive: true });
  });

  function scan(
    choice: ScannerChoice,
    onProgress: (fraction: number) => void = () => undefined,
    signal = new AbortController().signal,
  ): Promise<Result<Page, ScanFault>> {
    const listener = { progress: onProgress, waiting: () => undefined };
    return scanPage(sane, choice, { resolution: 300, patience: impatient }, listener, signal);
  }

  const device = (name: string): ScannerChoice => ({ kind: 'sane', name });
  const bench = (picture: string): ScannerChoice => ({ kind: 'bench', picture });

  async function file(name: string, content: Sharp | string | Uint8Array): Promise<string> {
    const path = join(folder, name);
    if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(path, content);
    else await content.toFile(path);
    return path;
  }

  /** Colours in which neighbouring pixels always differ. */
  function pattern(width: number, height: number): Sharp {
    const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 256);
    return sharp(data, { raw: { width, height, channels: 3 } });
  }

  /** Runs a program until it has printed a line, since it does not end by itself. */
  async function lineOf(
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<unknown> {
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      for await (const chunk of child.stdout as AsyncIterable<Buffer>) return JSON.parse(chunk.toString());
      throw new Error(`no line; status ${child.exitCode ?? child.signalCode}`);
    } finally {
      child.kill('SIGKILL');
    }
  }

  describe('of a picture under the pseudo-scanner', () => {
    it('returns the picture, byte for byte', async () => {
      const page = await scan(bench(await file('page.png', pattern(123, 77).png())));
      assert.ok(page.ok);
      const { data, ...about } = page.value;
      assert.deepEqual(about, { width: 123, height: 77, channels: 3, resolution: 300 });
      assert.deepEqual(Buffer.from(data), await pattern(123, 77).raw().toBuffer());
    });

    it('returns a grey picture in grey', async () => {
      const grey = await pattern(50, 40).greyscale().toColourspace('b-w').png().toBuffer();
      const page = await scan(bench(await file('grey.png', grey)));
      assert.ok(page.ok);
      assert.equal(page.value.channels, 1);
      assert.deepEqual(Buffer.from(page.value.data), await sharp(grey).toColourspace('b-w').raw().toBuffer());
    });

    it('reads 16 bits, CMYK, transparency, an EXIF turn and the first of several pages', async () => {
      const turned = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const clear = sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } });
      const cases: readonly (readonly [string, Buffer, readonly number[], readonly number[]])[] = [
        ['turned.jpg', turned, [20, 30], [254, 0, 0]],
        ['clear.png', await clear.png().toBuffer(), [8, 8], [255, 255, 255]],
        [
          'sixteen.png',
          await sharp({ create: { width: 9, height: 9, channels: 3, background: '#336699' } })
            .toColourspace('rgb16')
            .png()
            .toBuffer(),
          [9, 9],
          [0x33, 0x66, 0x99],
        ],
        [
          'cmyk.jpg',
          await sharp({ create: { width: 9, height: 9, channels: 3, background: 'white' } })
            .toColourspace('cmyk')
            .jpeg()
            .toBuffer(),
          [9, 9],
          [255, 255, 255],
        ],
      ];
      for (const [name, content, size, colour] of cases) {
        const page = await scan(bench(await file(name, content)));
        assert.ok(page.ok, name);
        const { data, width, height, channels } = page.value;
        assert.deepEqual([width, height, channels], [...size, 3], name);
        for (const [i, level] of colour.entries())
          assert.ok(Math.abs(data[i] - level) <= 3, `${name}: ${data[i]}`);
      }
    });

    it('uses the resolution that is stored in a picture', async () => {
      const page = await scan(
        bench(await file('600.png', pattern(40, 40).withMetadata({ density: 600 }).png())),
      );
      assert.ok(page.ok);
      assert.equal(page.value.resolution, 600);
      const screen = await scan(
        bench(await file('72.png', pattern(40, 40).withMetadata({ density: 72 }).png())),
      );
      assert.ok(screen.ok);
      assert.equal(screen.value.resolution, 300);
    });

    it('reports a file that is not a picture as unreadable', async () => {
      const whole = await pattern(200, 200).jpeg().toBuffer();
      const unreadable = [
        join(folder, 'not-there.png'),
        folder,
        await file('empty.png', ''),
        await file('text.png', 'This is not a picture.'),
        await file('half.jpg', whole.subarray(0, whole.length / 2)),
        await file('closed.jpg', Buffer.concat([whole.subarray(0, -9), whole.subarray(-2)])),
      ];
      for (const picture of unreadable) {
        assert.deepEqual(await scan(bench(picture)), { ok: false, error: 'unreadable-image' }, picture);
      }
    });

    it('reports a picture larger than any page as too large', async () => {
      const wide = sharp({ create: { width: 20_000, height: 2600, channels: 3, background: 'white' } });
      assert.deepEqual(await scan(bench(await file('wide.png', wide.png({ compressionLevel: 1 })))), {
        ok: false,
        error: 'image-too-large',
      });
    });

    it('leaves no file open, and no file behind', async () => {
      const picture = await file('once.png', pattern(60, 60).png());
      const open = () => readdirSync('/proc/self/fd').length;
      assert.ok((await scan(bench(picture))).ok);
      const before = { open: open(), files: readdirSync(folder) };
      for (let i = 0; i < 5; i++) assert.ok((await scan(bench(picture))).ok);
      assert.deepEqual({ open: open(), files: readdirSync(folder) }, before);
    });

    it('is refused under the name of a scanner: practice would count as a visit', async () => {
      assert.deepEqual(await scan(device('pnm:0')), { ok: false, error: 'scanner-missing' });
      const found = await findScanners(sane);
      assert.ok(found.ok && found.value.length > 0);
      assert.ok(found.value.every(({ choice }) => choice.kind === 'sane' && !choice.name.startsWith('pnm')));
    });
  });

  describe('with a scanner', () => {
    it('scans the whole glass in colour, with 8 bits, at the requested resolution', async () => {
      const fractions: number[] = [];
      const page = await scan(device('test:0'), (fraction) => fractions.push(fraction));
      assert.ok(page.ok);
      const { data, ...about } = page.value;
      // Its glass is 200 × 200 mm.
      const side = Math.floor((200 / 25.4) * 300);
      assert.deepEqual(about, { width: side, height: side, channels: 3, resolution: 300 });
      assert.equal(data.length, side * side * 3);
      assert.ok(fractions.length > 10);
      assert.ok(fractions.every((fraction, i) => fraction > (fractions[i - 1] ?? 0)));
      assert.equal(fractions.at(-1), 1);
    });

    it('reports a missing scanner', async () => {
      assert.deepEqual(await scan(device('test:7')), { ok: false, error: 'scanner-missing' });
    });

    it('ends if it is cancelled, and the next scan works', async () => {
      const abort = new AbortController();
      const cancelled = await scan(device('test:0'), () => abort.abort(), abort.signal);
      assert.deepEqual(cancelled, { ok: false, error: 'cancelled' });
      const before = new AbortController();
      before.abort();
      assert.deepEqual(await scan(device('test:0'), undefined, before.signal), {
        ok: false,
        error: 'cancelled',
      });
      assert.ok((await scan(device('test:0'))).ok);
    });
  });

  describe('with a scanner that goes wrong', () => {
    before(function () {
      if (!faulty) this.skip();
    });

    /** The page that the driver sends: 400 lines of 90 bytes, which count from 0 to 250 again and again. */
    const lines = Buffer.from(Uint8Array.from({ length: 400 * 90 }, (_, i) => i % 251));

    it('lists a name that a screen can show', async () => {
      const found = await findScanners(sane);
      assert.ok(found.ok);
      const listed = found.value.find(
        ({ choice }) => choice.kind === 'sane' && choice.name === 'faulty:spin',
      );
      assert.equal(listed?.label, 'Trouble [31m Maker 3000');
    });

    for (const name of ['sound', 'padded', 'lines-unknown']) {
      it(`assembles the page: ${name}`, async () => {
        const page = await scan(device(`faulty:${name}`));
        assert.ok(page.ok, page.ok ? '' : page.error);
        const { data, width, height, channels, resolution } = page.value;
        assert.deepEqual([width, height, channels, resolution], [30, 400, 3, 300]);
        assert.ok(Buffer.from(data).equals(lines));
      });
    }

    const faults: readonly (readonly [string, ScanFault])[] = [
      ['busy', 'scanner-busy'],
      ['nobody', 'scanner-missing'],
      ['denied', 'scanner-denied'],
      ['coarse', 'scanner-too-coarse'],
      ['start-jammed', 'scanner-jammed'],
      ['start-cover', 'scanner-cover-open'],
      ['empty', 'scan-empty'],
      ['short', 'scan-short'],
      ['silent', 'scanner-stalled'],
      ['liar', 'scanner-failed'],
      // It announces 16 bits, and sends 8.
      ['sixteen-bit', 'scan-short'],
      ['one-bit', 'scanner-black-and-white'],
      ['three-pass', 'scanner-unsupported'],
      ['unknown-format', 'scanner-failed'],
      ['negative', 'scanner-unsupported'],
      ['narrow', 'scanner-unsupported'],
      ['gigabytes', 'scanner-unsupported'],
      ['endless', 'scanner-unsupported'],
      // It fails in the middle of the page; the letter is the number of SANE's status, from a.
      ['status-b', 'scanner-unsupported'],
      ['status-c', 'scanner-failed'],
      ['status-d', 'scanner-busy'],
      ['status-e', 'scanner-failed'],
      ['status-f', 'scan-short'],
      ['status-g', 'scanner-jammed'],
      ['status-h', 'scanner-no-document'],
      ['status-i', 'scanner-cover-open'],
      ['status-j', 'scanner-failed'],
      ['status-k', 'scanner-failed'],
      ['status-l', 'scanner-denied'],
      ['status-m', 'scanner-failed'],
    ];
    for (const [name, fault] of faults) {
      it(`reports ${fault} for one that is ${name}, and the next scan works`, async () => {
        assert.deepEqual(await scan(device(`faulty:${name}`)), { ok: false, error: fault });
        assert.ok((await scan(device('faulty:sound'))).ok);
      });
    }

    const passing: Readonly<Record<string, ScannerWait>> = {
      d: 'scanner-busy',
      g: 'scanner-jammed',
      h: 'scanner-no-document',
      i: 'scanner-cover-open',
    };
    /** A patient scan, with what it waited for. */
    async function scanPatiently(
      name: string,
      longest: number,
      abort = new AbortController(),
      onWait: () => void = () => undefined,
    ) {
      const heard: (ScannerWait | number)[] = [];
      const listener = {
        progress: (fraction: number) => void heard.push(fraction),
        waiting: (why: ScannerWait) => {
          heard.push(why);
          onWait();
        },
      };
      const requested = { resolution: 300, patience: { longest, pause: 1, quick: 10_000 } };
      const page = await scanPage(sane, device(`faulty:${name}`), requested, listener, abort.signal);
      return { page, heard };
    }

    for (const call of ['open', 'set', 'start', 'read']) {
      for (const [letter, why] of Object.entries(passing)) {
        it(`waits while ${call} reports ${why}, reports that, and scans`, async () => {
          const { page, heard } = await scanPatiently(`passes-${call}-${letter}-3`, 60_000);
          assert.ok(page.ok, page.ok ? '' : page.error);
          assert.ok(Buffer.from(page.value.data).equals(lines));
          assert.deepEqual(
            heard.filter((each) => typeof each === 'string'),
            [why, why, why],
          );
          // The end of the wait is reported before the page arrives.
          assert.equal(heard.lastIndexOf(0), heard.lastIndexOf(why) + 1);
          assert.equal(heard.at(-1), 1);
        });
      }
    }

    for (const [name, why] of [
      ['busy', 'scanner-busy'],
      ['start-jammed', 'scanner-jammed'],
      ['start-cover', 'scanner-cover-open'],
      ['status-h', 'scanner-no-document'],
    ]) {
      it(`gives up one that stays ${name}`, async () => {
        const { page, heard } = await scanPatiently(name, 20);
        assert.deepEqual(page, { ok: false, error: why });
        assert.ok(heard.includes(why as ScannerWait));
        assert.ok((await scan(device('faulty:sound'))).ok);
      });
    }

    for (const call of ['open', 'start']) {
      it(`says that it waits for a driver whose ${call} takes long`, async () => {
        const heard: unknown[] = [];
        const listener = {
          progress: (fraction: number) => void heard.push(fraction),
          waiting: (why: ScannerWait) => void heard.push(why),
        };
        const requested = { resolution: 300, patience: { ...impatient, quick: 100 } };
        const { signal } = new AbortController();
        const page = await scanPage(sane, device(`faulty:slow-${call}`), requested, listener, signal);
        assert.ok(page.ok);
        assert.equal(heard[0], 'scanner-busy');
        assert.equal(heard.indexOf(0), heard.lastIndexOf('scanner-busy') + 1);
      });
    }

    it('does not wait for what never passes', async () => {
      for (const name of ['denied', 'nobody', 'coarse', 'one-bit', 'status-j']) {
        const { page, heard } = await scanPatiently(name, 60_000);
        assert.ok(!page.ok);
        assert.ok(
          heard.every((each) => typeof each === 'number'),
          name,
        );
      }
    });

    it('stops waiting if it is cancelled', async () => {
      for (const name of ['busy', 'start-jammed']) {
        const abort = new AbortController();
        const { page } = await scanPatiently(name, 60_000, abort, () => abort.abort());
        assert.deepEqual(page, { ok: false, error: 'cancelled' });
        assert.ok((await scan(device('faulty:sound'))).ok);
      }
    });

    it('interrupts a blocked read if it is cancelled', async () => {
      const abort = new AbortController();
      setTimeout(() => {
        abort.abort();
      }, 50);
      const page = await scan(device('faulty:waits'), undefined, abort.signal);
      assert.deepEqual(page, { ok: false, error: 'cancelled' });
      assert.ok((await scan(device('faulty:sound'))).ok);
    });

    const stalled = { ok: false, error: 'scanner-stalled' };
    for (const name of ['spin', 'start-spins']) {
      it(`gives up a call that does not return: ${name}`, async () => {
        const said = (await lineOf(trial, [`faulty:${name}`])) as { turns: number };
        const { turns, ...rest } = said;
        assert.deepEqual(rest, { first: stalled, second: stalled, ended: { ok: false, error: 'stalled' } });
        assert.ok(turns > 2);
      });
    }

    it('gives up a call that does not return after it was cancelled', async () => {
      const said = (await lineOf(trial, ['faulty:spin', 'abort'])) as { first: Result<Page, ScanFault> };
      assert.ok(!said.first.ok);
      assert.ok(['cancelled', 'scanner-stalled'].includes(said.first.error));
    });
  });

  it('is refused without a crash after the scanner was closed', async () => {
    const answers = await lineOf(afterClose, []);
    const closed = { ok: false, error: 'closed' };
    const done = { ok: true };
    const expected = [closed, closed, closed, closed, closed, done, done];
    assert.deepEqual(answers, [...expected, ...expected]);
  });

  it('is unsupported without libsane, and nothing crashes', async () => {
    // The loader finds this file first, which is not a library.
    await file('libsane.so.1', 'nothing');
    const said = await lineOf(trial, ['test:0'], { ...process.env, LD_LIBRARY_PATH: folder });
    const { first } = said as { first: unknown };
    assert.deepEqual(first, { ok: false, error: 'scanner-unsupported' });
  });
});
