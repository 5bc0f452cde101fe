import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Entry } from '../../appliance/record/entry.js';
import { snapshotRecords, type RecordsSnapshot } from '../../appliance/record/snapshot.js';
import { err } from '../../appliance/result.js';
import { scratchFolder, writeEntries } from './scratch.js';

describe('a snapshot of the records', () => {
  const folder = scratchFolder();
  let file: string;
  beforeEach(() => (file = join(folder(), 'records.jsonl')));

  const out = async (): Promise<RecordsSnapshot> => {
    const made = await snapshotRecords(file);
    assert(made.ok, JSON.stringify(made));
    return made.value;
  };
  const bytesOf = async ({ chunks }: RecordsSnapshot, longest = 700): Promise<Buffer> => {
    const all: Buffer[] = [];
    for await (const piece of chunks(longest)) {
      assert(piece.length <= longest);
      all.push(piece);
    }
    return Buffer.concat(all);
  };
  const lines = () => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const numbers = () => lines().map((line) => (JSON.parse(line) as Entry).number);
  const begin = () => createHash('sha256').update(lines()[0]).digest('hex').slice(0, 8);

  it('has the bytes of the file, and is named by its first and last record and its first hash', async () => {
    await writeEntries(file, 5);
    const { label, bytes, count, broken, ...rest } = await out();
    const [first, , , , last] = numbers();
    assert.deepEqual(label, { span: { first, last }, box: begin() });
    assert.deepEqual([count, broken], [5, undefined]);
    assert.equal(bytes, readFileSync(file).length);
    assert((await bytesOf({ label, bytes, count, broken, ...rest })).equals(readFileSync(file)));
  });

  it('ends where the file ended when it was checked', async () => {
    await writeEntries(file, 3);
    const before = readFileSync(file);
    const made = await out();
    appendFileSync(file, 'the beginning of one more');
    assert((await bytesOf(made)).equals(before));
    assert.deepEqual((await out()).broken, { why: 'torn', line: 4 });
  });

  it('is taken unchanged from a broken chain, with the place of the break', async () => {
    await writeEntries(file, 5);
    const [first, second] = numbers();
    const changed = lines().map((line, i) => (i === 2 ? line.replace('0.02', '0.92') : line));
    writeFileSync(file, `${changed.join('\n')}\n`);
    const made = await out();
    assert.deepEqual(made.broken, { line: 4, why: 'previous-differs' });
    assert.deepEqual([made.count, made.label.span?.first], [3, first]);
    assert.notEqual(made.label.span?.last, second);
    assert((await bytesOf(made)).equals(readFileSync(file)));
    // No line of it can be read, and it has no newline.
    writeFileSync(file, Buffer.alloc(9000, 0xff));
    const unreadable = await out();
    assert.equal(unreadable.label.span, undefined);
    assert.deepEqual(unreadable.broken, { line: 1, why: 'too-long' });
    assert.equal((await bytesOf(unreadable)).length, 9000);
  });

  it('is missing without a file or with an empty one, and unreadable in place of a folder', async () => {
    assert.deepEqual(await snapshotRecords(file), err('no-records'));
    writeFileSync(file, '');
    assert.deepEqual(await snapshotRecords(file), err('no-records'));
    mkdirSync(join(folder(), 'folder'));
    assert.deepEqual(await snapshotRecords(join(folder(), 'folder')), err('records-unreadable'));
  });
});
