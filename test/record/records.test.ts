import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { entry, type Entry } from '../../appliance/record/entry.js';
import { openRecords } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { trusted } from '../clock/made.js';
import { anyReport, anyEntryContext } from './arbitrary.js';
import { report, entryContext } from './sample.js';
import { opened, scratchFolder, writeEntries } from './scratch.js';

describe('the records', () => {
  const folder = scratchFolder();

  it('are created in a new folder, readable by their owner only', async () => {
    const file = join(folder(), 'var', 'terashi', 'records.jsonl');
    await (await opened(file)).close();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder(), 'var')).mode & 0o777, 0o700);
    assert.equal(statSync(join(folder(), 'var', 'terashi')).mode & 0o777, 0o700);
    assert.deepEqual(await verifyRecords(file), {
      ok: true,
      value: { count: 0, first: undefined, last: undefined, boots: [], untrusted: [], unmarked: 0 },
    });
  });

  it('keep the report of a visit, numbered, dated and chained', async () => {
    const file = join(folder(), 'records.jsonl');
    const records = await opened(file, () => new Date(2026, 2, 4, 14, 32, 7));
    const appended = await records.append(report, entryContext);
    assert.ok(appended.ok);
    const { number, endedAt, boot, tick, previous, version, ...rest } = appended.value;
    assert.equal(number, '2026-0001');
    assert.match(endedAt, /^2026-03-04T14:32:07[+-]\d\d:\d\d$/);
    assert.equal(previous, '0'.repeat(64));
    assert.equal(version, 2);
    assert.equal(boot, 1);
    assert.ok(Math.abs(tick - uptime() * 1000) < 1000);
    assert.deepEqual(rest, { ...report, ...entryContext, timeTrusted: true, timeSource: 'network' });
    assert.equal(readFileSync(file, 'utf8'), `${JSON.stringify(appended.value)}\n`);
    await records.close();
  });

  it('keep any possible report unchanged', async () => {
    let i = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyReport, anyEntryContext), { maxLength: 5 }), async (visits) => {
        const file = join(folder(), `any-${i++}.jsonl`);
        const records = await opened(file);
        const entries: Entry[] = [];
        for (const [visit, place] of visits) {
          const appended = await records.append(visit, place);
          assert.ok(appended.ok);
          entries.push(appended.value);
        }
        await records.close();
        const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
        assert.deepEqual(
          lines.map((line) => entry.parse(JSON.parse(line))),
          JSON.parse(JSON.stringify(entries)),
        );
        const verified = await verifyRecords(file);
        assert.ok(verified.ok);
        assert.equal(verified.value.count, visits.length);
      }),
      { numRuns: 40 },
    );
  });

  it('have in each line the hash by sha256sum of the line before', async () => {
    const file = join(folder(), 'records.jsonl');
    await writeEntries(file, 5);
    for (let line = 2; line <= 5; line++) {
      const before = `sed -n ${line - 1}p "$1" | tr -d '\\n' | sha256sum`;
      const said = execFileSync('sh', ['-c', before, 'sh', file], { encoding: 'utf8' }).slice(0, 64);
      const lines = readFileSync(file, 'utf8').split('\n');
      assert.equal(entry.parse(JSON.parse(lines[line - 1])).previous, said);
    }
  });

  it('go on after a restart, into a new year, and under a clock that went backwards', async () => {
    const file = join(folder(), 'records.jsonl');
    const numbers: string[] = [];
    const times = [
      new Date(2026, 11, 31, 23, 59, 59),
      new Date(2027, 0, 1, 0, 0, 0),
      new Date(1970, 0, 2, 0, 0, 0),
      new Date(2027, 5, 1, 9, 0, 0),
    ];
    for (const time of times) {
      const records = await opened(file, () => time);
      const appended = await records.append(report, entryContext);
      assert.ok(appended.ok);
      numbers.push(appended.value.number);
      await records.close();
    }
    assert.deepEqual(numbers, ['2026-0001', '2027-0001', '2027-0002', '2027-0003']);
    assert.ok((await verifyRecords(file)).ok);
  });

  it('write concurrent entries one after the other', async () => {
    const file = join(folder(), 'records.jsonl');
    const records = await opened(file);
    const appended = await Promise.all(
      Array.from({ length: 20 }, () => records.append(report, entryContext)),
    );
    await records.close();
    const numbers = appended.map((one) => (one.ok ? one.value.number.slice(5) : one.error));
    assert.deepEqual(
      numbers,
      Array.from({ length: 20 }, (_, i) => String(i + 1).padStart(4, '0')),
    );
    const verified = await verifyRecords(file);
    assert.ok(verified.ok && verified.value.count === 20);
  });

  it('are neither opened nor changed if the chain is broken', async () => {
    const file = join(folder(), 'records.jsonl');
    await writeEntries(file, 4);
    const lines = readFileSync(file, 'utf8').split('\n');
    lines.splice(2, 1);
    writeFileSync(file, lines.join('\n'));
    const before = readFileSync(file);
    const notOpened = await openRecords(file, await trusted());
    assert.ok(!notOpened.ok);
    assert.deepEqual(notOpened.error, { fault: 'record-broken', at: { line: 3, why: 'previous-differs' } });
    assert.deepEqual(readFileSync(file), before);
  });

  it('are not opened if the path is not a file, or its folder cannot be made', async () => {
    assert.deepEqual(await openRecords(folder(), await trusted()), {
      ok: false,
      error: { fault: 'record-failed' },
    });
    writeFileSync(join(folder(), 'file'), '');
    const under = await openRecords(join(folder(), 'file', 'records.jsonl'), await trusted());
    assert.deepEqual(under, { ok: false, error: { fault: 'record-failed' } });
  });

  it('are not continued in a file that somebody moved or changed', async () => {
    const file = join(folder(), 'records.jsonl');
    await writeEntries(file, 2);
    const records = await opened(file);
    renameSync(file, `${file}.old`);
    assert.deepEqual(await records.append(report, entryContext), { ok: false, error: 'record-failed' });
    writeFileSync(file, '');
    assert.deepEqual(await records.append(report, entryContext), { ok: false, error: 'record-failed' });
    renameSync(`${file}.old`, file);
    assert.ok((await records.append(report, entryContext)).ok);
    appendFileSync(file, 'x');
    assert.deepEqual(await records.append(report, entryContext), { ok: false, error: 'record-failed' });
    await records.close();
    assert.deepEqual(readFileSync(file).at(-1), 'x'.charCodeAt(0), 'what others wrote is not cut off');
  });

  it('refuse an entry once they are closed', async () => {
    const records = await opened(join(folder(), 'records.jsonl'));
    await records.close();
    assert.deepEqual(await records.append(report, entryContext), { ok: false, error: 'record-failed' });
  });

  it('reject what is not a report, and accept the next report', async () => {
    const file = join(folder(), 'records.jsonl');
    const records = await opened(file);
    const named = { ...report, name: '甲州 太郎' };
    await assert.rejects(records.append(named, entryContext));
    assert.equal(readFileSync(file, 'utf8'), '');
    assert.ok((await records.append(report, entryContext)).ok);
    await records.close();
  });

  it('do not change the permissions of an existing file', async () => {
    const file = join(folder(), 'records.jsonl');
    await writeEntries(file, 1);
    chmodSync(file, 0o640);
    await (await opened(file)).close();
    assert.equal(statSync(file).mode & 0o777, 0o640);
  });
});
