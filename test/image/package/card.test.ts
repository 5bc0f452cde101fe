import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';

import { makeCard } from '../../../image/os/card.js';
import { run } from '../../../hardware-tests/counter/run.js';

describe('a card', function () {
  // A card has 2.6 GB, and one case hashes two of them.
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'card-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const commitTime = Date.UTC(2026, 2, 4, 14, 32, 6) / 1000;
  const files = [
    ...['boot/README.txt', 'boot/EFI/BOOT/BOOTX64.EFI', 'boot/slot-a/linux', 'boot/slot-a/initrd'],
    ...['settings/README.txt', 'settings/scanner/README.txt', 'settings/terashi.toml'],
  ];

  /** Makes a card whose files were written in this order, in these circumstances. */
  async function cardOf(
    name: string,
    order: readonly string[],
    { zone, mode, written }: { readonly zone: string; readonly mode: number; readonly written: number },
  ): Promise<string> {
    const work = join(folder, name);
    for (const file of order) {
      const path = join(work, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${file}\n`.repeat(500), { mode });
      utimesSync(path, written, written);
    }
    const slot = join(work, 'root.erofs');
    writeFileSync(slot, 'a root\n'.repeat(5000));
    const own = process.env.TZ;
    process.env.TZ = zone;
    try {
      return await makeCard(
        'amd64',
        { boot: join(work, 'boot'), settings: join(work, 'settings'), slot },
        work,
        commitTime,
      );
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

  /** A FAT partition as mtools names it. */
  const partition = (name: string) => `${card}@@${name === 'boot' ? 1 : 513}M`;

  it('has its files on its two FAT partitions, dated by the commit', async () => {
    for (const file of files) {
      const [name, ...path] = file.split('/');
      const { stdout, stderr } = await run('mtype', ['-i', partition(name), `::${path.join('/')}`]);
      assert.equal(stdout, `${file}\n`.repeat(500), stderr);
    }
    for (const name of ['boot', 'settings']) {
      const { stdout } = await run('mdir', ['-/', '-a', '-i', partition(name), '::']);
      const times = stdout.match(/\d{4}-\d{2}-\d{2} +\d+:\d{2}/g)!;
      assert.deepEqual([...new Set(times)], ['2026-03-04  14:32']);
    }
  });

  it('has its files in the order of their names, not in which they were found', async () => {
    const { stdout } = await run('mdir', ['-b', '-i', partition('boot'), '::']);
    assert.deepEqual(stdout.trim().split('\n'), ['::/EFI/', '::/README.txt', '::/slot-a/']);
  });

  it('has FAT32 on both, with labels that say which is which', async () => {
    for (const [name, label] of [
      ['boot', 'TERASHIBOOT'],
      ['settings', 'TERASHI'],
    ]) {
      const image = join(folder, name);
      const [from, size] = name === 'boot' ? [1, 512] : [513, 64];
      const copied = [`if=${card}`, `of=${image}`, 'bs=1M', `skip=${from}`, `count=${size}`, 'conv=sparse'];
      assert.equal((await run('dd', [...copied, 'status=none'])).code, 0);
      const { code, stdout } = await run('fsck.fat', ['-n', '-v', image]);
      assert.equal(code, 0, stdout);
      assert.match(stdout, /32 bit entries/);
      // Microsoft's FAT specification: from 65,525 clusters on it is FAT32, whatever a label in it says.
      const clusters = Number(/(\d+) data clusters/.exec(stdout)?.[1]);
      assert(clusters >= 65_525, stdout);
      const shown = await run('minfo', ['-i', partition(name), '::']);
      assert.match(shown.stdout, new RegExp(`disk label="${label} *"`), shown.stdout);
    }
  });

  describe('in its partition table', () => {
    const sector = 512;
    const read = (from: number, count: number): Buffer => {
      const bytes = Buffer.alloc(count * sector);
      const opened = openSync(card, 'r');
      readSync(opened, bytes, 0, bytes.length, from * sector);
      closeSync(opened);
      return bytes;
    };
    /** UEFI 2.10, table 5-5, "GPT Header". */
    const headerAt = (lba: number) => {
      const bytes = read(lba, 1);
      const number = (offset: number) => Number(bytes.readBigUInt64LE(offset));
      const zeroed = Buffer.from(bytes.subarray(0, bytes.readUInt32LE(12)));
      zeroed.writeUInt32LE(0, 16);
      return {
        signature: bytes.toString('latin1', 0, 8),
        revision: bytes.readUInt32LE(8),
        size: bytes.readUInt32LE(12),
        crcIsRight: crc32(zeroed) === bytes.readUInt32LE(16),
        own: number(24),
        other: number(32),
        firstUsable: number(40),
        lastUsable: number(48),
        disk: bytes.toString('hex', 56, 72),
        entries: number(72),
        count: bytes.readUInt32LE(80),
        entrySize: bytes.readUInt32LE(84),
        entriesCrc: bytes.readUInt32LE(88),
      };
    };

    it('has a header that old boot loaders of a Raspberry Pi and Windows both bear', () => {
      const last = statSync(card).size / sector - 1;
      const primary = headerAt(1);
      const { disk, entriesCrc, ...header } = primary;
      // rpi-eeprom, issue 585: Windows moves the entries to before a first usable sector that is not 34.
      assert.deepEqual(header, {
        signature: 'EFI PART',
        revision: 0x1_0000,
        size: 92,
        crcIsRight: true,
        own: 1,
        other: last,
        firstUsable: 34,
        lastUsable: last - 33,
        entries: 2,
        count: 128,
        entrySize: 128,
      });
      const backup = headerAt(last);
      assert.deepEqual(backup, { ...primary, own: last, other: 1, entries: last - 32 });
      for (const at of [primary.entries, backup.entries]) assert.equal(crc32(read(at, 32)), entriesCrc);
      assert.match(disk, /^1c517a7e/);
    });

    it('has a protective MBR over the whole card', () => {
      const mbr = read(0, 1);
      // UEFI 2.10, table 5-4: type 0xEE from LBA 1 to the last, and the signature.
      assert.deepEqual([mbr[450], mbr.readUInt32LE(454)], [0xee, 1]);
      assert.equal(mbr.readUInt32LE(458), statSync(card).size / sector - 1);
      assert.equal(mbr.readUInt16LE(510), 0xaa55);
    });

    it('has no problem for sgdisk', async () => {
      const { code, stdout } = await run('sgdisk', ['--verify', card]);
      assert.equal(code, 0);
      assert.match(stdout, /^\s*No problems found\./);
    });

    it('has its partitions in order: what starts it, the settings, two roots of one size, the records', async () => {
      const { stdout } = await run('sfdisk', ['--dump', card]);
      const rows = [
        ...stdout.matchAll(/start= *(\d+), size= *(\d+), type=([-\w]+), uuid=([-\w]+), name="(.*)"/g),
      ];
      const mebibytes = (sectors: string) => Number(sectors) / 2048;
      assert.deepEqual(
        rows.map(([, start, size, type, , name]) => [
          name,
          mebibytes(start),
          mebibytes(size),
          type.toLowerCase(),
        ]),
        [
          // UEFI 2.10, table 5-7: EFI System Partition.
          ['boot', 1, 512, 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b'],
          // Microsoft's Basic Data.
          ['settings', 513, 64, 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7'],
          // Discoverable Partitions Specification: root (amd64), generic Linux data.
          ['root-a', 577, 1024, '4f68bce3-e8cd-4db1-96e7-fbcaf984b709'],
          ['root-b', 1601, 1024, '4f68bce3-e8cd-4db1-96e7-fbcaf984b709'],
          ['data', 2625, 32, '0fc63daf-8483-4772-8e79-3d69d8477de4'],
        ],
      );
      assert.equal(new Set(rows.map(([, , , , id]) => id)).size, 5);
    });
  });
});

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
