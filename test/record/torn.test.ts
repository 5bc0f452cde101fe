import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { openRecords } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { trusted } from '../clock/made.js';
import { report, entryContext } from './sample.js';
import { opened, scratchFolder, writeEntries } from './scratch.js';

describe('a last line torn by a power cut', () => {
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

  it('is set aside as a whole, wherever it was cut, and no earlier record is lost', async () => {
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
      const appended = await records.append(report, entryContext);
      assert.ok(appended.ok && appended.value.number.endsWith('-0003'));
      await records.close();
      const verified = await verifyRecords(file);
      assert.ok(verified.ok && verified.value.count === 3);
    }
  });

  it('is set aside if its end was written but not all of its blocks', async () => {
    const holed = Buffer.from(whole);
    holed.fill(0, kept.length, kept.length + 100);
    writeFileSync(file, holed);
    const records = await opened(file);
    await records.close();
    assert.equal(records.torn, 1);
    assert.deepEqual(readFileSync(file), kept);
    assert.deepEqual(readFileSync(join(folder(), 'records.torn-1')), holed.subarray(kept.length));
  });

  it('is set aside with any number of NUL blocks, whose copy takes no space on the disk', async () => {
    const blocks = 64 * 1024 * 1024;
    // XFS and ext4 leave a file like this if its new length was written but its content was not.
    for (const cut of [kept.length, kept.length + 40]) {
      writeFileSync(file, whole.subarray(0, cut));
      truncateSync(file, cut + blocks);
      const verified = await verifyRecords(file);
      assert.deepEqual(verified, { ok: false, error: { why: 'torn', line: 3 } });
      const records = await opened(file);
      await records.close();
      assert.deepEqual(readFileSync(file), kept);
      const piece = statSync(join(folder(), `records.torn-${records.torn}`));
      assert.equal(piece.size, cut - kept.length + blocks);
      assert.ok(piece.blocks * 512 <= 1024 * 1024, `${piece.blocks}`);
    }
    assert.equal(pieces().length, 2);
  });

  it('is set aside wherever NUL is in it or after it, and the records before remain', async () => {
    const zeros = fc.oneof(fc.nat(40), fc.integer({ min: 4000, max: 4200 }), fc.nat(200_000));
    const torn = whole.subarray(kept.length);
    const pieceOfLine = fc.tuple(fc.nat(torn.length), fc.nat(torn.length), fc.nat(torn.length));
    await fc.assert(
      fc.asyncProperty(zeros, pieceOfLine, zeros, async (before, [from, to, hole], behind) => {
        const cut = Buffer.from(torn.subarray(Math.min(from, to), Math.max(from, to)));
        cut.fill(0, Math.min(hole, cut.length), Math.min(hole + 30, cut.length));
        const tail = Buffer.concat([Buffer.alloc(before), cut, Buffer.alloc(behind)]);
        // Otherwise it may be the record itself.
        fc.pre(before + behind > 0);
        writeFileSync(file, Buffer.concat([kept, tail]));
        const count = pieces().length;
        const records = await opened(file);
        await records.close();
        assert.equal(records.torn, count + 1);
        // A record that lacks only its newline is a record.
        const whole = Buffer.concat([kept, tail.subarray(0, readFileSync(file).length - kept.length)]);
        assert.deepEqual(readFileSync(file), whole);
        const piece = readFileSync(join(folder(), `records.torn-${records.torn}`));
        assert.deepEqual(Buffer.concat([readFileSync(file), piece]), Buffer.concat([kept, tail]));
        const verified = await verifyRecords(file);
        assert.ok(verified.ok && verified.value.count >= 2);
      }),
      { numRuns: 50 },
    );
  });

  it('is not set aside if there is more than one line among NUL, or a record follows', async () => {
    const line = whole.subarray(kept.length);
    const tails: [Buffer, string][] = [
      [Buffer.concat([Buffer.alloc(9000), Buffer.alloc(5000, 'a')]), 'too-long'],
      [Buffer.concat([Buffer.alloc(9000), line, line]), 'too-long'],
      [Buffer.concat([Buffer.from('{\n'), Buffer.alloc(9000), line]), 'not-json'],
      [Buffer.concat([Buffer.alloc(5000, 'a'), Buffer.alloc(9000)]), 'too-long'],
    ];
    for (const [tail, why] of tails) {
      writeFileSync(file, Buffer.concat([kept, tail]));
      const broken = await openRecords(file, await trusted());
      assert.deepEqual(broken, { ok: false, error: { fault: 'record-broken', at: { line: 3, why } } });
      assert.deepEqual(readFileSync(file), Buffer.concat([kept, tail]));
    }
    assert.deepEqual(pieces(), []);
  });

  it('is set aside if it was the first line', async () => {
    writeFileSync(file, '{"version":1,"numb');
    const records = await opened(file);
    const appended = await records.append(report, entryContext);
    await records.close();
    assert.ok(appended.ok && appended.value.number.endsWith('-0001'));
    assert.ok((await verifyRecords(file)).ok);
  });

  it('is reported at each start until a person removes the piece', async () => {
    writeFileSync(file, whole.subarray(0, -5));
    await (await opened(file)).close();
    const again = await opened(file);
    await again.close();
    assert.equal(again.torn, 1);
  });

  it('never overwrites an earlier piece, and ignores files that only look like one', async () => {
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

  it('is not set aside if more lines follow, or if it is an entry of another version', async () => {
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
