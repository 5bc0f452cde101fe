import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { installation } from '../../../appliance/installation.js';
import { readStages, writePictures } from '../../remnants/folder.js';
import { Needles } from '../../remnants/needles.js';
import { patternedPictures, type Pictures } from '../../remnants/pictures.js';
import type { Stage } from '../../remnants/stage.js';
import { remnantRows } from '../../remnants/table.js';
import type { Box } from '../box.js';
import {
  byPowerButton,
  type Ending,
  endings,
  RemnantSearch,
  stagesIn,
  type Traces,
} from '../cases/remnants.js';
import type { TableRow } from '../report.js';
import { powerOn, runCase, type SuiteContext } from './suite.js';

const settings = join(installation.root, 'hardware-tests', 'guest', 'extras', 'remnants.toml');
const program = join(installation.root, 'build', 'hardware-tests', 'remnants', 'make-stages.js');

/** In seconds: nine visits, and two or more searches of the whole memory in each. */
const limit = 3 * 3600;

/**
 * Visits that end in every way, with pictures that no file in the box has. The whole memory is searched from outside
 * while each goes on, where pictures and templates must be found, and after it, where none may be; so is the card.
 */
export async function remnants(context: SuiteContext): Promise<void> {
  const { report, folder } = context;
  const own = join(folder, 'remnants');
  mkdirSync(own, { recursive: true });
  const pictures = await patternedPictures();
  const making = stagesOf(pictures, own, context);
  const card = context.flash('remnants');
  card.writeSettingsFile(settings, 'terashi.toml');
  const box = await powerOn({ ...context, limit }, 'remnants', card);
  const marker: Stage = { name: 'marker', bytes: Buffer.from(randomBytes(96).toString('base64')) };
  await box.whileOn(prepare(box, pictures, marker));
  const needles = new Needles([marker, ...(await making)]);
  report.log(`${needles.count} words of 8 bytes are searched for, in runs of at least 16`);

  const search = new RemnantSearch(box, needles, card, own);
  const rows: TableRow[] = [];
  const judge = (name: string, ending: Expected, traces: Traces) => {
    rows.push(...remnantRows(name, traces));
    return verdict(ending, traces);
  };
  try {
    for (const [name, ending] of Object.entries(endings)) {
      const passed = await runCase(context, `remnants/${name as keyof typeof endings}`, async () =>
        judge(name, ending, await box.whileOn(search.through(ending))),
      );
      if (!passed) await box.whileOn(recover(box));
    }
    await report.check('no swap', () => hasNoSwap(box));
    await runCase(context, 'remnants/power-button', async () =>
      judge('power-button', { ...byPowerButton, isOff: true }, await search.throughPowerButton()),
    );
  } finally {
    if (rows.length > 0) report.table('Remnants: words found while the visit went on, and after it', rows);
    await box.machine.cutPower();
  }
}

/** Every stage of a visit with these pictures, made on the emulated processor. */
async function stagesOf(pictures: Pictures, folder: string, { emulation }: SuiteContext): Promise<Stage[]> {
  writePictures(folder, pictures);
  const emulator = ['qemu-x86_64-static', '-cpu', emulation.processor, process.execPath];
  // One processor, as in the box: the nets share their work out among as many threads as there are.
  await promisify(execFile)('taskset', ['--cpu-list', '0', ...emulator, program, folder]);
  return readStages(folder);
}

/** Connects devices whose pictures come over their cables, and leaves the marker in the box's memory. */
async function prepare({ appliance, guest }: Box, { page, frame }: Pictures, marker: Stage): Promise<void> {
  await appliance.connectPanel();
  await appliance.waitUntilReady();
  await guest.write('/run/terashi-marker', Buffer.from(marker.bytes).toString());
  await appliance.showOverCable(page.data, frame);
  await appliance.endPractice();
  await appliance.openUsbNodes();
  await appliance.replaceVirtualCamera();
}

/** After a failed case: a visit that still goes on ends with the appliance. */
async function recover({ appliance }: Box): Promise<void> {
  await appliance.plug('camera');
  await appliance.restart();
}

async function hasNoSwap({ guest }: Box): Promise<string> {
  const swaps = await guest.run('cat', '/proc/swaps');
  assert.equal(swaps.trim().split('\n').length, 1, swaps);
  return 'the kernel lists none';
}

/** What must be found; the files in a box's memory, the marker's among them, end when it is switched off. */
type Expected = Pick<Ending, 'looks' | 'made'> & { readonly isOff?: true };

function verdict({ looks, made = [], isOff }: Expected, { during, after, disk, pages }: Traces): string {
  for (const look of isOff ? during : [...during, after])
    assert(look.found.marker, 'the marker is not in a dump: the search is broken');
  const seen = stagesIn(during);
  const missing = made.filter((stage) => !seen.includes(stage));
  // What was not found while it was there would not have been found afterwards either.
  assert.deepEqual(missing, [], 'not found while the visit went on: these needles are wrong');
  const names = seen.join(', ') || 'nothing';
  assert.equal(seen.length > 0, looks.length > 0, `found while the visit went on: ${names}`);
  assert.deepEqual(stagesIn([after, disk]), [], `left after the visit, at ${pages.join('; ')}`);
  const gigabytes = (after.searched / 1e9).toFixed(2);
  const speed = Math.round(after.searched / 1000 / after.milliseconds);
  return `while it went on: ${names}; after it nothing in ${gigabytes} GB (${speed} MB/s)`;
}
