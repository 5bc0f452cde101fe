import assert from 'node:assert/strict';

import { findSticks } from '../../appliance/stick/sticks.js';
import { StickBench } from './bench.js';

describe('the sticks', () => {
  let bench: StickBench;
  beforeEach(() => (bench = new StickBench()));
  afterEach(() => bench.close());

  const found = async () => (await findSticks()).map(({ node }) => node);
  const partition = (path: string, parttype: string | null) =>
    bench.stick({ path, fstype: 'vfat', parttype });

  it('do not include EFI system partitions', async () => {
    // As lsblk shows a stick that a Mac partitioned, by GPT and by MBR: an EFI system partition, then one for files.
    bench.show(
      partition('/dev/sda1', 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b'),
      partition('/dev/sda2', 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7'),
      partition('/dev/sdb1', '0xef'),
      partition('/dev/sdb2', '0xc'),
      partition('/dev/sdc', null),
    );
    assert.deepEqual(await found(), ['/dev/sda2', '/dev/sdb2', '/dev/sdc']);
  });

  it('count how many programs of ours have them mounted', async () => {
    const point = (name: string) => `/run/terashi-sticks/${name}`;
    // A unit sees one mount point twice.
    bench.show(bench.stick({ path: '/dev/sda1', mountpoints: [point('1'), point('1')] }));
    assert.deepEqual((await findSticks())[0].mounts, 1);
    bench.show(bench.stick({ path: '/dev/sda1', mountpoints: [point('1'), point('2')] }));
    assert.deepEqual((await findSticks())[0].mounts, 2);
  });
});
