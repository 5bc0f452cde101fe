import assert from 'node:assert/strict';

import type { SlotName } from '../../../image/os/options.js';
import type { Box } from '../box.js';
import type { Card } from '../card.js';

/** In bytes. Within the first block of erofs, before its superblock: only verity notices a change there. */
const unusedOffset = 100;

/** Changes one byte of the slot that would start, and checks that the other one starts instead. */
export async function startsOtherSlot(
  card: Card,
  slot: SlotName,
  expected: string,
  powerOn: () => Promise<Box>,
): Promise<string> {
  card.flipByte(slot, unusedOffset);
  const box = await powerOn();
  const running = await box.running();
  await box.machine.powerOff();
  assert.equal(running, expected);
  const message = /^.*verity.*corrupt.*$/m.exec(box.machine.console)?.[0];
  assert(message !== undefined, 'the kernel printed no message of verity');
  return `one byte changed in slot ${slot}, and ${running} started; the kernel: ${message.trim()}`;
}

/** The root is erofs, read-only, on a device that verity checks against the hash on the kernel command line. */
export async function isSealed({ guest }: Box): Promise<string> {
  const mounted = await guest.run('findmnt', '--noheadings', '--output=SOURCE,FSTYPE,OPTIONS', '/');
  const [source, kind, options] = mounted.trim().split(/ +/);
  assert.deepEqual([source, kind], ['/dev/mapper/root', 'erofs']);
  assert(options.split(',').includes('ro'), options);
  const verity = await guest.run('veritysetup', 'status', 'root');
  const field = (key: string) => new RegExp(`^ +${key}: +(\\S+)$`, 'm').exec(verity)?.[1];
  assert.deepEqual([field('type'), field('status')], ['VERITY', 'verified']);
  const commandLine = await guest.run('cat', '/proc/cmdline');
  const [, hash] = /terashi\.hash=([0-9a-f]{64})/.exec(commandLine) ?? assert.fail(commandLine);
  assert.equal(field('root hash'), hash);
  return `${kind} on ${source}, checked by verity against ${hash.slice(0, 8)}…`;
}
