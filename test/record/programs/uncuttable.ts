import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { verifyRecords } from '../../../appliance/record/verify.js';
import { report, entryContext } from '../sample.js';
import { opened, writeEntries } from '../scratch.js';

/** A failed write that cannot be undone at first, since the file is append-only. Needs root. */
const file = process.argv[2];
const limit = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);

await writeEntries(file, 2);
const before = readFileSync(file);
const records = await opened(file);
execFileSync('chattr', ['+a', file]);
try {
  limit(before.length + 100);
  assert.deepEqual(await records.append(report, entryContext), { ok: false, error: 'record-disk-full' });
  limit('unlimited');
  assert.equal(readFileSync(file).length, before.length + 100);
  assert.deepEqual(await records.append(report, entryContext), { ok: false, error: 'record-failed' });
} finally {
  execFileSync('chattr', ['-a', file]);
}
assert.ok((await records.append(report, entryContext)).ok);
await records.close();
const verified = await verifyRecords(file);
assert.ok(verified.ok && verified.value.count === 3);
