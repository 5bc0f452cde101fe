import assert from 'node:assert/strict';

import type { SlotName } from '../../../image/os/options.js';
import type { Box } from '../box.js';
import type { Card } from '../card.js';

/** In bytes: the magic number of erofs (its on-disk format, "Superblock"), which is read first of all. */
const superblock = 1024;

/** Changes one byte of the slot that would start; the other one starts instead. The box is off before. */
export async function startsOther(
  card: Card,
  slot: SlotName,
  other: string,
  switchOn: () => Promise<Box>,
): Promise<string> {
  card.spoil(slot, superblock);
  const box = await switchOn();
  const running = await box.running();
  assert.equal(running, other);
  const entries = await box.guest.run('ls', '/boot/firmware/loader/entries');
  const refused = /(verity|EXT4|erofs)[^\n]*(corrupt|magic|superblock|Invalid)[^\n]*/i.exec(
    box.machine.console,
  )?.[0];
  return `slot ${slot} with one byte changed was refused, ${running} started; entries ${entries.trim().split('\n').join(' ')}${refused ? `; the kernel: ${refused}` : ''}`;
}
