import assert from 'node:assert/strict';
import { Readable } from 'node:stream';

import { Exporter } from '../../appliance/export/exporter.js';
import { err } from '../../appliance/result.js';
import { lookAtSticks } from '../../appliance/stick/sticks.js';
import { Updater } from '../../appliance/update/updater.js';
import { StickBench } from './bench.js';

/** Names of libblkid in util-linux 2.38, which lsblk shows; it shows null if it knows none. */
const seen = [
  ['ntfs', 'stick-ntfs'],
  ['apfs', 'stick-apple'],
  ['hfsplus', 'stick-apple'],
  ['ext3', 'stick-linux'],
  ['ext4', 'stick-linux'],
  ['btrfs', 'stick-linux'],
  ['LVM2_member', 'stick-linux'],
  ['crypto_LUKS', 'stick-encrypted'],
  ['BitLocker', 'stick-encrypted'],
  ['iso9660', 'stick-other-format'],
  ['udf', 'stick-other-format'],
  ['ReFS', 'stick-other-format'],
  [null, 'stick-unformatted'],
] as const;

describe('a stick with another file system', () => {
  let bench: StickBench;
  beforeEach(() => (bench = new StickBench()));
  afterEach(() => bench.close());

  const part = (fstype: string | null, parttype: string | null = '0x7', path = '/dev/sda1') =>
    bench.stick({ path, fstype, parttype });
  const never = new AbortController().signal;
  const chunks = () => Readable.from([]) as AsyncIterable<Buffer>;
  const label = { box: '0123abcd', as: 'jsonl' } as const;
  const records = { label, bytes: 1, chunks, beside: () => ({}) };
  const copy = () => new Exporter(undefined).copy(records, () => undefined, never);

  for (const [fstype, why] of seen) {
    it(`is reported as ${why}: ${fstype ?? 'nothing known'}`, async () => {
      bench.show(part(fstype));
      assert.deepEqual(await lookAtSticks(), { sticks: [], unusable: why });
    });
  }

  it('is reported for the records and for an update, and nothing is reported without a stick', async () => {
    const [exporter, updater] = [new Exporter(undefined), new Updater(undefined)];
    assert.equal(await exporter.look(), false);
    assert.deepEqual(await updater.check(), { is: 'nothing' });
    assert.deepEqual(await copy(), err('no-stick'));
    assert.deepEqual(await updater.install('9.0.0', () => undefined, never), err('no-stick'));
    bench.show(part('ntfs'));
    assert.equal(await exporter.look(), true);
    assert.deepEqual(await updater.check(), { is: 'refused', why: 'stick-ntfs' });
    assert.deepEqual(await copy(), err('stick-ntfs'));
    assert.deepEqual(await updater.install('9.0.0', () => undefined, never), err('stick-ntfs'));
  });

  it('is not confused with an empty reader, a partition of the firmware, or a disk of the system', async () => {
    const nothing = { sticks: [], unusable: undefined };
    bench.show();
    assert.deepEqual(await lookAtSticks(), nothing);
    bench.show(
      part('vfat', 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b'),
      part(null, 'e3c9e316-0b5c-4db8-817d-f92df00215ae'),
    );
    assert.deepEqual(await lookAtSticks(), nothing);
    bench.show({ ...part('ntfs'), mountpoints: ['/media/somebody'] });
    assert.deepEqual(await lookAtSticks(), nothing);
  });

  it('does not hide a usable stick, and comes before one without a file system', async () => {
    bench.show(part('ntfs'), part('exfat', '0x7', '/dev/sdb1'));
    const { sticks, unusable } = await lookAtSticks();
    assert.deepEqual([sticks.map(({ node }) => node), unusable], [['/dev/sdb1'], 'stick-ntfs']);
    bench.show(part(null), part('apfs', null, '/dev/sdb1'));
    assert.equal((await lookAtSticks()).unusable, 'stick-apple');
  });
});
