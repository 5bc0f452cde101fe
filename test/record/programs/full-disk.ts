import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openRecords } from '../../../appliance/record/records.js';
import { hasDiskSpace, minFreeBytes } from '../../../appliance/record/disk-space.js';
import { verifyRecords } from '../../../appliance/record/verify.js';
import { Box, trusted } from '../../clock/made.js';
import { report, entryContext } from '../sample.js';
import { opened } from '../scratch.js';

/** Runs on its own file system of two megabytes, and fills it to the last block. */
const disk = process.argv[2];
const file = join(disk, 'records.jsonl');
const filler = join(disk, 'filler');
const free = () => statfsSync(disk).bavail * statfsSync(disk).bsize;

const records = await opened(file);
assert.deepEqual(await hasDiskSpace(file), { ok: true, value: undefined });
writeFileSync(filler, Buffer.alloc(free() - minFreeBytes));
assert.deepEqual(await hasDiskSpace(file), { ok: true, value: undefined });
appendFileSync(filler, 'x');
assert.deepEqual(await hasDiskSpace(file), { ok: false, error: 'record-disk-full' });

const appended = await records.append(report, entryContext);
assert.ok(appended.ok);
appendFileSync(filler, Buffer.alloc(free()));
assert.equal(free(), 0);

// The last block of the file has room for some more entries, then for part of one.
let acknowledged = 1;
for (;;) {
  const before = readFileSync(file);
  const more = await records.append(report, entryContext);
  if (more.ok) {
    acknowledged++;
    continue;
  }
  assert.equal(more.error, 'record-disk-full');
  assert.deepEqual(readFileSync(file), before);
  break;
}
assert.deepEqual(await records.append(report, entryContext), { ok: false, error: 'record-disk-full' });

await records.close();

// A new boot cannot be counted either, and leaves nothing behind.
const uncounted = await openRecords(file, new Box().clock());
assert.deepEqual(uncounted, { ok: false, error: { fault: 'record-disk-full' } });
assert.deepEqual(readdirSync(disk).sort(), ['filler', 'records.boot', 'records.jsonl']);

// A torn line cannot be set aside either: it stays until there is room.
const whole = readFileSync(file);
writeFileSync(file, '{"torn', { flag: 'a' });
const notOpened = await openRecords(file, await trusted());
assert.deepEqual(notOpened, { ok: false, error: { fault: 'record-disk-full' } });
assert.deepEqual(readFileSync(file), Buffer.concat([whole, Buffer.from('{"torn')]));
assert.deepEqual(readdirSync(disk).sort(), ['filler', 'records.boot', 'records.jsonl']);

rmSync(filler);
const again = await opened(file);
assert.equal(again.torn, 1);
assert.ok((await again.append(report, entryContext)).ok);
await again.close();
const verified = await verifyRecords(file);
assert.ok(verified.ok && verified.value.count === acknowledged + 1);
process.stdout.write(`${acknowledged} entries\n`);
