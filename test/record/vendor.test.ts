import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { entry, vendorEntry, vendorReport } from '../../appliance/record/entry.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { report, entryContext } from './sample.js';
import { opened, scratchFolder } from './scratch.js';

const { model: _, ...place } = entryContext;
const token = '0123456789abcdef';

describe('what a vendor does', () => {
  const folder = scratchFolder();

  it('stands in the chain among the visits, numbered, dated and hashed like them', async () => {
    const file = join(folder(), 'records.jsonl');
    const records = await opened(file);
    assert((await records.appendVendor({ vendor: 'refused', why: 'foreign-key' }, place)).ok);
    assert((await records.append(report, entryContext)).ok);
    assert((await records.appendVendor({ vendor: 'entered', token }, place)).ok);
    await records.close();
    const again = await opened(file);
    assert((await again.append(report, entryContext)).ok);
    await again.close();

    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const entries = lines.map((line) => entry.parse(JSON.parse(line)));
    assert.deepEqual(
      entries.map(({ version }) => version),
      [3, 2, 3, 2],
    );
    assert.deepEqual(
      entries.map(({ number }) => number.slice(5)),
      ['0001', '0002', '0003', '0004'],
    );
    // By another program: sha256sum(1).
    for (const [index, { previous }] of entries.entries()) {
      const sum = index > 0 && execFileSync('sha256sum', { input: lines[index - 1], encoding: 'utf8' });
      assert.equal(previous, sum ? sum.slice(0, 64) : '0'.repeat(64));
    }
    const verified = await verifyRecords(file);
    assert(verified.ok && verified.value.count === 4);
  });

  it('is a name from a list and a hash, and nothing of what was found or who came', () => {
    const whole = {
      version: 3,
      number: '2026-0417',
      endedAt: '2026-03-04T14:32:07+09:00',
      boot: 12,
      tick: 1,
      timeTrusted: false,
      timeSource: 'none',
      ...place,
      vendor: 'bench-test',
      token,
      previous: '0'.repeat(64),
    };
    assert(entry.safeParse(whole).success);
    for (const change of [
      { name: 'x' },
      { outcome: 'passed' },
      { vendor: 'shell' },
      { why: 'because' },
      { token: 'TOKEN' },
      { timeTrusted: true },
    ])
      assert.equal(entry.safeParse({ ...whole, ...change }).success, false, JSON.stringify(change));
    assert.deepEqual(Object.keys(vendorReport.shape), ['vendor', 'token', 'why']);
    assert.deepEqual(Object.keys(vendorEntry.shape).filter((key) => key in vendorReport.shape).length, 3);
  });
});
