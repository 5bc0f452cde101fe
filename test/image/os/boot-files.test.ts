import assert from 'node:assert/strict';

import { entryFile, entryOf, slotNames } from '../../../image/os/boot-files.js';
import { layout } from '../../../image/os/card.js';

describe("a slot's boot entry", () => {
  const slot = { hash: 'c0'.repeat(32), tree: 8192 };
  const entries = slotNames.map((name) => entryOf({ console: 'ttyS0' }, name, slot, '1.2.3').split('\n'));
  const field = (entry: readonly string[], key: string) =>
    entry.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));

  it('has three tries on a new card', () => assert.equal(entryFile('a'), 'slot-a+3.conf'));

  it('is one among two of which the first sorts before the other', () => {
    assert.deepEqual(
      entries.flatMap((entry) => field(entry, 'sort-key')),
      ['1', '2'],
    );
  });

  it('starts its own kernel with its own root, and no other', () => {
    for (const [i, name] of slotNames.entries()) {
      assert.deepEqual(field(entries[i], 'linux'), [`/slot-${name}/linux`]);
      assert.deepEqual(field(entries[i], 'initrd'), [`/slot-${name}/initrd`]);
      const [options] = field(entries[i], 'options').map((line) => line.split(' '));
      for (const option of [`terashi.slot=root-${name}`, `terashi.hash=${slot.hash}`, 'terashi.tree=8192']) {
        assert.equal(options.filter((one) => one === option).length, 1, option);
      }
      for (const option of ['init_on_free=1', 'ro', 'systemd.volatile=state'])
        assert(options.includes(option), option);
    }
  });
});

describe('the layout of a card', () => {
  for (const platform of ['amd64', 'arm64'] as const) {
    it(`has a partition for Windows, two roots of one size and the records last (${platform})`, () => {
      const partitions = [...layout(platform).matchAll(/^ {2}partition (\S+) \{(.*)\}$/gm)];
      assert.deepEqual(
        partitions.map(([, name]) => name),
        ['boot', 'root-a', 'root-b', 'data'],
      );
      const sizes = partitions.slice(1, 3).map(([, , rest]) => /size = (\d+)M/.exec(rest)?.[1]);
      assert.equal(sizes[0], sizes[1]);
      assert(Number(sizes[0]) <= 2048);
      const ids = partitions.map(([, , rest]) => /partition-uuid = "([^"]+)"/.exec(rest)?.[1]);
      assert.equal(new Set(ids).size, 4);
    });
  }
});
