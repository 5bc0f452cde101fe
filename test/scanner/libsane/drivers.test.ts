import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { Sane } from '../../../appliance/scanner/sane/sane.js';
import { scanPage } from '../../../appliance/scanner/scan.js';
import {
  compileDescribedDriver,
  configuration,
  type Driver,
} from '../../../hardware-tests/counter/scanners/drivers.js';
import { restoreEnvironment } from '../../environment.js';
import { offers, strangers, useless, type Offer } from './driver-options.js';

const room = join(installation.root, 'appliance', 'scanner');

/** The frames of each mode of the listed drivers, by their sources: grey (0) or colour (1), and bits per sample. */
const frames = [
  ...['Lineart', 'lineart', 'Halftone', 'halftone', 'Dithered', 'bw', 'Black & White'].map((mode) => [
    mode,
    0,
    1,
  ]),
  ...['Gray', 'gray', 'Gray8', '256 Grey'].map((mode) => [mode, 0, 8]),
  ...['16bit Gray', 'Gray16', '16 bits gray'].map((mode) => [mode, 0, 16]),
  ...['16bit Color', 'Color48', '48 bits color', 'Color (48 bits)', 'Color 36'].map((mode) => [mode, 1, 16]),
  ['*', 1, 8],
];

describe('scanner: the drivers', () => {
  let sane: Sane | undefined;
  let driver: Driver | undefined;
  let folder: string;
  restoreEnvironment('LD_LIBRARY_PATH', 'SANE_DESCRIBED');

  before(function () {
    driver = compileDescribedDriver();
    if (!driver) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'terashi-test-'));
    process.env.LD_LIBRARY_PATH = driver.folder;
    process.env.SANE_DESCRIBED = folder;
    sane = new Sane({ configuration });
  });

  after(async () => {
    await sane?.exit();
    driver?.remove();
    if (folder) rmSync(folder, { recursive: true });
  });

  function scan({ options, size = [300, 20], asked }: Pick<Offer, 'options' | 'size' | 'asked'>) {
    const lines = [
      ...options,
      ...frames.map((frame) => `frame\t${frame.join('\t')}`),
      `size\t${size.join('\t')}`,
      ...Object.entries(asked).map(([name, value]) => `must\t${name}\t${value}`),
    ];
    writeFileSync(join(folder, 'one'), lines.join('\n'));
    const listener = { progress: () => undefined, waiting: () => undefined };
    const choice = { kind: 'sane', name: 'described:one' } as const;
    assert.ok(sane);
    return scanPage(sane, choice, { resolution: 300 }, listener, new AbortController().signal);
  }

  const all = [
    ...offers.map((offer): [string, Omit<Offer, 'driver'>] => [offer.driver, offer]),
    ...Object.entries(strangers),
  ];
  for (const [name, offer] of all) {
    it(`scans from the glass in colour: ${name}`, async () => {
      const page = await scan(offer);
      assert.ok(page.ok, page.ok ? '' : page.error);
      const { data, width, channels, resolution } = page.value;
      assert.deepEqual([channels, resolution], [3, offer.resolution ?? 300]);
      assert.equal(width, offer.size?.[0] ?? 300);
      assert.ok(data.every((sample, i) => sample === i % 251));
    });
  }

  for (const [name, { options, fault }] of Object.entries(useless)) {
    it(`names what a driver lacks: ${name}`, async () => {
      assert.deepEqual(await scan({ options, asked: {} }), { ok: false, error: fault });
    });
  }

  it('are those of dll.conf, each with its line in the table of the README', () => {
    const listed = readFileSync(join(room, 'sane.d', 'dll.conf'), 'utf8')
      .split('\n')
      .filter((line) => /^\w/.test(line) && line !== 'pnm');
    assert.deepEqual(
      offers.map(({ driver }) => driver),
      listed,
    );
    const table = readFileSync(join(room, 'README.md'), 'utf8').matchAll(/^\| `(\w+)` .*\| ([^|]+?) +\|$/gm);
    assert.deepEqual(
      Object.fromEntries([...table].map(([, driver, asked]) => [driver, asked])),
      Object.fromEntries(offers.map((offer) => [offer.driver, said(offer)])),
    );
  });
});

/** The values to set for a driver, as the table has them. */
function said({ asked, resolution = 300 }: Offer): string {
  const { source, mode, depth } = asked;
  return [source, mode, depth && `${depth} bits`, 'resolution' in asked && `${resolution} dpi`]
    .filter(Boolean)
    .join(', ');
}
