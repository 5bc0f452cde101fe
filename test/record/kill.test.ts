import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { entry } from '../../appliance/record/entry.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { linesUntilKilled } from './killed.js';
import { opened, scratchFolder } from './scratch.js';

const writer = join(import.meta.dirname, 'programs', 'writer.js');

describe('a writer that is killed', () => {
  const folder = scratchFolder();

  it('loses no acknowledged entry, however often it is killed', async () => {
    const file = join(folder(), 'records.jsonl');
    const acknowledged: string[] = [];
    for (let kill = 1; kill <= 20; kill++) {
      acknowledged.push(...(await linesUntilKilled([writer, file], kill)));
      const verified = await verifyRecords(file);
      assert.ok(verified.ok || verified.error.why === 'torn', JSON.stringify(verified));
    }
    const records = await opened(file);
    await records.close();
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    const written = lines.map((line) => entry.parse(JSON.parse(line)).number);
    assert.ok(acknowledged.length >= 20);
    assert.equal(new Set(acknowledged).size, acknowledged.length);
    const held = new Set(written);
    assert.deepEqual(
      acknowledged.filter((number) => !held.has(number)),
      [],
    );
    // At each kill, at most the entry being written is in the file unacknowledged.
    assert.ok(written.length - acknowledged.length <= 20);
  });
});
