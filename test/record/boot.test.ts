import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { countBoot } from '../../appliance/record/boot.js';
import { linesUntilKilled } from './killed.js';
import { scratchFolder } from './scratch.js';

const counter = join(import.meta.dirname, 'programs', 'counter.js');

describe('the boot number', () => {
  const folder = scratchFolder();
  let file: string;
  let count: string;
  beforeEach(() => {
    file = join(folder(), 'box', 'records.jsonl');
    count = join(folder(), 'box', 'records.boot');
  });

  it('counts boots from 1, and not restarts of the core within a boot', async () => {
    const counted: number[] = [];
    for (const boot of ['a', 'a', 'b', 'b', 'b', 'a']) counted.push(await countBoot(file, boot, 0));
    assert.deepEqual(counted, [1, 1, 2, 2, 2, 3]);
    assert.equal(statSync(count).mode & 0o777, 0o600);
  });

  it('continues after the last record’s if the count was lost, torn or is older', async () => {
    assert.equal(await countBoot(file, 'a', 41), 42);
    for (const lost of ['', '{', '{"bootId":"a","boot":', 'null', '{"bootId":"a","boot":-1}', '\0\0\0\0']) {
      writeFileSync(count, lost);
      assert.equal(await countBoot(file, 'a', 41), 42, JSON.stringify(lost));
    }
    rmSync(count);
    assert.equal(await countBoot(file, 'b', 42), 43);
    // A count that was restored from a copy in the boot in which it was copied.
    writeFileSync(count, JSON.stringify({ bootId: 'b', boot: 7 }));
    assert.equal(await countBoot(file, 'b', 43), 44);
  });

  it('continues if the records were removed', async () => {
    for (const boot of ['a', 'b', 'c']) await countBoot(file, boot, 0);
    assert.equal(await countBoot(file, 'd', 0), 4);
  });

  it('reports any other reading error', async () => {
    await assert.rejects(countBoot(join(folder(), 'box', 'x', '..', '..', '\0'), 'a', 0));
    writeFileSync(join(folder(), 'box'), '');
    await assert.rejects(countBoot(file, 'a', 0), { code: 'ENOTDIR' });
  });

  it('is never given twice, whatever happens to the count between two boots', async () => {
    const anyLoss = fc.constantFrom('kept', 'lost', 'torn', 'half written beside it');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyLoss, fc.boolean()), { maxLength: 20 }), async (boots) => {
        file = join(folder(), `box-${++run}`, 'records.jsonl');
        count = join(folder(), `box-${run}`, 'records.boot');
        let ofLastRecord = 0;
        for (const [index, [loss, recorded]] of boots.entries()) {
          const boot = await countBoot(file, `boot ${index}`, ofLastRecord);
          assert.ok(boot > ofLastRecord, `${boot} after ${ofLastRecord}`);
          if (recorded) ofLastRecord = boot;
          if (loss === 'lost') rmSync(count);
          if (loss === 'torn') writeFileSync(count, readFileSync(count).subarray(0, 9));
          if (loss === 'half written beside it') writeFileSync(`${count}.unfinished`, '{"bootId":"boot');
        }
      }),
      { numRuns: 30 },
    );
  });

  it('loses no reported count, however often its writer is killed', async () => {
    let last = 0;
    for (let kill = 1; kill <= 5; kill++) {
      const told = (await linesUntilKilled([counter, file, `${kill}`], 4 * kill)).map(Number);
      for (const boot of told) {
        assert.ok(boot > last, `${boot} after ${last}`);
        last = boot;
      }
    }
    assert.ok(last >= 4 * 15);
    assert.deepEqual(
      readdirSync(join(folder(), 'box')).filter((name) => !name.startsWith('records.boot')),
      [],
    );
  });
});
