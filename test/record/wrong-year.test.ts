import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import type { Entry } from '../../appliance/record/entry.js';
import { openRecords } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { Box } from '../clock/made.js';
import { report, entryContext } from './sample.js';
import { scratchFolder } from './scratch.js';

/**
 * Times of a machine that lost its own: the epoch of Unix and the ends of 32-bit seconds (time(2)), those of
 * FAT and of PCs (1980), the era of NTP (RFC 5905), the first and last of a clock chip with two digits for the year
 * (DS3231, PCF8523), and of one with a century bit.
 */
const wrongTimes = [
  '1970-01-01T00:00:00Z',
  '1980-01-01T00:00:00Z',
  '2000-01-01T00:00:00Z',
  '2036-02-07T06:28:16Z',
  '2038-01-19T03:14:07Z',
  '2063-06-15T12:00:00Z',
  '2099-12-31T23:59:59Z',
  '2106-02-07T06:28:15Z',
  '2199-12-31T23:59:59Z',
];

type Source = 'battery' | 'network' | 'none';

/** A boot of a box at this time, which this source vouches for. */
type Boot = readonly [box: Box, time: number, source: Source];

describe('a clock in a wrong year', () => {
  const folder = scratchFolder();

  /** Makes a visit after a boot, and returns its record. */
  async function recordOf(file: string, [box, time, source]: Boot): Promise<Entry> {
    box.boot();
    box.set(time);
    const clock = box.clock({
      synchronised: () => Promise.resolve(source === 'network'),
      batteries: () => Promise.resolve(source === 'battery' ? [box.wall()] : []),
    });
    await clock.refresh();
    box.pass(60_000);
    const opened = await openRecords(file, clock);
    assert.ok(opened.ok, JSON.stringify(opened));
    const appended = await opened.value.append(report, entryContext);
    await opened.value.close();
    assert.ok(appended.ok);
    return appended.value;
  }

  /** Makes a visit after each boot, and returns what its record says of number and time. */
  async function recordsOf(file: string, ...boots: readonly Boot[]): Promise<string[]> {
    const records: string[] = [];
    for (const boot of boots) {
      const { number, timeTrusted } = await recordOf(file, boot);
      records.push(`${number} ${timeTrusted ? 'trusted' : 'untrusted'}`);
    }
    return records;
  }

  const [first, second, third] = ['2026-03-04', '2026-03-05', '2026-03-06'].map((day) => Date.parse(day));

  for (const wrong of wrongTimes)
    it(`is not trusted because of a battery, and does not affect later boots: ${wrong.slice(0, 10)}`, async () => {
      const file = join(folder(), 'records.jsonl');
      const box = new Box();
      const records = await recordsOf(
        file,
        [box, first, 'battery'],
        [box, Date.parse(wrong), 'battery'],
        [box, second, 'battery'],
        [box, third, 'network'],
      );
      assert.deepEqual(records, [
        '2026-0001 trusted',
        '2026-0002 untrusted',
        '2026-0003 trusted',
        '2026-0004 trusted',
      ]);
    });

  it('that was trusted by earlier software limits neither later trust nor later numbers', async () => {
    const file = join(folder(), 'records.jsonl');
    const wrong = new Box();
    // Software of that year finds the time plausible.
    const earlier = Object.assign(new Box(), { builtAt: Date.UTC(2090, 0) });
    const records = await recordsOf(
      file,
      [wrong, first, 'battery'],
      [earlier, Date.UTC(2099, 5), 'network'],
      [wrong, second, 'none'],
      [wrong, third, 'battery'],
    );
    assert.deepEqual(records, [
      '2026-0001 trusted',
      '2099-0001 trusted',
      '2026-0002 untrusted',
      '2026-0003 trusted',
    ]);
    assert.ok((await verifyRecords(file)).ok);
  });

  it('is not suggested to the clerk, nor is the time of a record from then', () => {
    const box = new Box();
    const clock = box.clock();
    const future = Date.parse('2099-12-31T23:59:59Z');
    assert.equal(clock.guess(future), box.wall());
    box.set(future);
    assert.equal(clock.guess(undefined), box.builtAt);
    assert.equal(clock.guess(future), box.builtAt);
    assert.equal(clock.guess(first), first);
  });

  it('never prevents a true time from being trusted later, in its own year', async () => {
    let run = 0;
    const anyTime = fc.integer({ min: 0, max: Date.UTC(2200, 0) });
    const anyBoot = fc.tuple(anyTime, fc.constantFrom<Source>('battery', 'none'));
    await fc.assert(
      fc.asyncProperty(fc.array(anyBoot, { maxLength: 6 }), async (boots) => {
        const file = join(folder(), `${++run}.jsonl`);
        const box = new Box();
        for (const [time, source] of boots) {
          // Nobody can tell a wrong time within the year from a true one.
          fc.pre(time < box.builtAt || time > first + 366 * 86_400_000);
          await recordOf(file, [box, time, source]);
        }
        const last = await recordsOf(file, [box, first, 'battery']);
        assert.deepEqual(last, [`2026-${String(boots.length + 1).padStart(4, '0')} trusted`]);
        assert.ok((await verifyRecords(file)).ok);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves numbers that verify, and a missing number is noticed', async () => {
    const file = join(folder(), 'records.jsonl');
    const box = new Box();
    await recordOf(file, [box, first, 'network']);
    writeFileSync(file, readFileSync(file, 'utf8').replace('2026-0001', '2026-0002'));
    const verified = await verifyRecords(file);
    assert.deepEqual(verified, { ok: false, error: { line: 1, why: 'number-does-not-follow' } });
  });
});
