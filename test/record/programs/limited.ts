import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

import { verifyRecords } from '../../../appliance/record/verify.js';
import { report, entryContext } from '../sample.js';
import { opened, writeEntries } from '../scratch.js';

/**
 * Limits the growth of the file to every number of bytes below an entry's length: the kernel writes that
 * many and then refuses. The limit applies to the process, so this is a program of its own.
 */
const file = process.argv[2];
const allow = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);

await writeEntries(file, 2);
const like = { ...report, similarity: 0.01 };
const before = readFileSync(file);
const lineLength = before.length - before.indexOf('\n') - 1;
const records = await opened(file);
for (let room = 0; room < lineLength; room++) {
  allow(before.length + room);
  const refused = await records.append(like, entryContext);
  assert.deepEqual(refused, { ok: false, error: 'record-disk-full' });
  assert.ok(readFileSync(file).equals(before), `${room} bytes of room`);
}
allow('unlimited');
const appended = await records.append(like, entryContext);
assert.ok(appended.ok && appended.value.number.endsWith('-0003'));
await records.close();
assert.equal(statSync(file).size, before.length + lineLength);
const verified = await verifyRecords(file);
assert.ok(verified.ok && verified.value.count === 3);
process.stdout.write(`${lineLength} refusals\n`);
