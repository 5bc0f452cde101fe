import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openRecords } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { trusted } from '../clock/made.js';
import { report, surroundings } from './sample.js';
import { opened, scratchFolder, writeEntries } from './scratch.js';

describe('a last line that a power cut tore', () => {
  const folder = scratchFolder();
  let file: string;
  let whole: Buffer;
  let kept: Buffer;

  beforeEach(async () => {
    file = join(folder(), 'records.jsonl');
    await writeEntries(file, 3);
    whole = readFileSync(file);
    kept = whole.subarray(0, whole.lastIndexOf('\n', -2) + 1);
  });

  const pieces = () => readdirSync(folder()).filter((name) => name.includes('torn'));

  it('is set aside whole, wherever it was cut, and nothing before it is lost', async () => {
    for (let cut = kept.length; cut < whole.length; cut++) {
      writeFileSync(file, whole.subarray(0, cut));
      const before = pieces().length;
      const records = await opened(file);
      const added = cut === kept.length ? 0 : 1;
      assert.equal(records.torn, before + added);
      assert.equal(pieces().length, before + added);
      assert.deepEqual(readFileSync(file), kept);
      if (added === 1) {
        const piece = join(folder(), `records.torn-${records.torn}`);
        assert.deepEqual(readFileSync(piece), whole.subarray(kept.length, cut));
        assert.equal(statSync(piece).mode & 0o777, 0o600);
      }
      const appended = await records.append(report, surroundings);
      assert.ok(appended.ok && appended.value.number.endsWith('-0003'));
      await records.close();
      const verified = await verifyRecords(file);
      assert.ok(verified.ok && verified.value.count === 3);
    }
  });

  it('is set aside when blocks of it were never written, though its end was', async () => {
    const holed = Buffer.from(whole);
    holed.fill(0, kept.length, kept.length + 100);
    writeFileSync(file, holed);
    const records = await opened(file);
    await records.close();
    assert.equal(records.torn, 1);
    assert.deepEqual(readFileSync(file), kept);
    assert.deepEqual(readFileSync(join(folder(), 'records.torn-1')), holed.subarray(kept.length));
  });

  it('is set aside when it was the first of all', async () => {
    writeFileSync(file, '{"version":1,"numb');
    const records = await opened(file);
    const appended = await records.append(report, surroundings);
    await records.close();
    assert.ok(appended.ok && appended.value.number.endsWith('-0001'));
    assert.ok((await verifyRecords(file)).ok);
  });

  it('is told of at each start until a person takes the piece away', async () => {
    writeFileSync(file, whole.subarray(0, -5));
    await (await opened(file)).close();
    const again = await opened(file);
    await again.close();
    assert.equal(again.torn, 1);
  });

  it('never overwrites an earlier piece, nor counts what only looks like one', async () => {
    writeFileSync(join(folder(), 'records.torn-7'), 'earlier');
    writeFileSync(join(folder(), 'records.torn-8.txt'), 'a note');
    writeFileSync(join(folder(), 'records.torn-'), 'a note');
    writeFileSync(file, whole.subarray(0, -5));
    const records = await opened(file);
    await records.close();
    assert.equal(records.torn, 2);
    assert.equal(readFileSync(join(folder(), 'records.torn-7'), 'utf8'), 'earlier');
    assert.deepEqual(readFileSync(join(folder(), 'records.torn-8')), whole.subarray(kept.length, -5));
  });

  it('is not taken for torn where more lines follow, or where it is another version of entry', async () => {
    const middle = Buffer.concat([kept.subarray(0, -9), Buffer.from('\n'), whole.subarray(kept.length)]);
    writeFileSync(file, middle);
    const broken = await openRecords(file, await trusted());
    assert.deepEqual(broken, {
      ok: false,
      error: { fault: 'record-broken', at: { line: 2, why: 'not-json' } },
    });
    writeFileSync(file, Buffer.concat([kept, Buffer.from('{"version":3}\n')]));
    const newer = await openRecords(file, await trusted());
    assert.deepEqual(newer, {
      ok: false,
      error: { fault: 'record-broken', at: { line: 3, why: 'not-an-entry' } },
    });
    assert.deepEqual(pieces(), []);
  });
});
