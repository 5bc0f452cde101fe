import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { makeCard } from '../../../image/os/card.js';
import { run } from '../../../hardware-tests/counter/run.js';

describe('a card', function () {
  // A card has 2.6 GB, and one case hashes two of them.
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'card-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const commitTime = Date.UTC(2026, 2, 4, 14, 32, 6) / 1000;
  const files = ['README.txt', 'EFI/BOOT/BOOTX64.EFI', 'slot-a/linux', 'slot-a/initrd', 'terashi.toml'];

  /** Makes a card whose files were written in this order, in these circumstances. */
  async function cardOf(
    name: string,
    order: readonly string[],
    { zone, mode, written }: { readonly zone: string; readonly mode: number; readonly written: number },
  ): Promise<string> {
    const work = join(folder, name);
    for (const file of order) {
      const path = join(work, 'boot', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${file}\n`.repeat(500), { mode });
      utimesSync(path, written, written);
    }
    const slot = join(work, 'root.erofs');
    writeFileSync(slot, 'a root\n'.repeat(5000));
    const own = process.env.TZ;
    process.env.TZ = zone;
    try {
      return await makeCard('amd64', { boot: join(work, 'boot'), slot }, work, commitTime);
    } finally {
      if (own === undefined) delete process.env.TZ;
      else process.env.TZ = own;
    }
  }

  let card: string;
  before(async () => {
    card = await cardOf('one', files, { zone: 'UTC', mode: 0o644, written: 1_600_000_000 });
  });

  it('is reproducible: in another order, at another hour, in another time zone', async () => {
    // FAT stores times in steps of two seconds.
    await sleep(2000);
    const elsewhere = { zone: 'Asia/Tokyo', mode: 0o600, written: 1_800_000_001 };
    const other = await cardOf('two', files.toReversed(), elsewhere);
    assert.equal(await sha256(other), await sha256(card));
  });

  it('has its files on its boot partition, dated by the commit', async () => {
    const boot = `${card}@@1M`;
    for (const file of files) {
      const { stdout, stderr } = await run('mtype', ['-i', boot, `::${file}`]);
      assert.equal(stdout, `${file}\n`.repeat(500), stderr);
    }
    const { stdout } = await run('mdir', ['-/', '-a', '-i', boot, '::']);
    const times = stdout.match(/\d{4}-\d{2}-\d{2} +\d+:\d{2}/g)!;
    assert.deepEqual([...new Set(times)], ['2026-03-04  14:32']);
  });

  it('has its files in the order of their names, not in which they were found', async () => {
    const { stdout } = await run('mdir', ['-b', '-i', `${card}@@1M`, '::']);
    const named = stdout.trim().split('\n');
    assert.deepEqual(named, ['::/EFI/', '::/README.txt', '::/slot-a/', '::/terashi.toml']);
  });
});

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
