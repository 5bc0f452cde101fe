import assert from 'node:assert/strict';

import type { SlotName } from '../../../image/os/options.js';
import type { Box } from '../box.js';
import type { Card } from '../card.js';

/** In bytes, within the first block of erofs and before what it reads of it: nothing but verity looks at it. */
const unread = 100;

/** Changes one byte of the slot that would start; the other one starts instead. The box is off before. */
export async function startsOther(
  card: Card,
  slot: SlotName,
  other: string,
  switchOn: () => Promise<Box>,
): Promise<string> {
  card.spoil(slot, unread);
  const box = await switchOn();
  const running = await box.running();
  await box.machine.switchOff();
  assert.equal(running, other);
  const said = /^.*verity.*corrupt.*$/m.exec(box.machine.console)?.[0];
  assert(said !== undefined, 'the kernel did not say that verity found it');
  return `one byte changed in slot ${slot}, and ${running} started; the kernel: ${said.trim()}`;
}

/** The root is erofs, read only, on a device that verity checks by the hash on the kernel's command line. */
export async function isSealed({ guest }: Box): Promise<string> {
  const mounted = await guest.run('findmnt', '--noheadings', '--output=SOURCE,FSTYPE,OPTIONS', '/');
  const [source, kind, options] = mounted.trim().split(/ +/);
  assert.deepEqual([source, kind], ['/dev/mapper/root', 'erofs']);
  assert(options.split(',').includes('ro'), options);
  const verity = await guest.run('veritysetup', 'status', 'root');
  const said = (key: string) => new RegExp(`^ +${key}: +(\\S+)$`, 'm').exec(verity)?.[1];
  assert.deepEqual([said('type'), said('status')], ['VERITY', 'verified']);
  const words = await guest.run('cat', '/proc/cmdline');
  const [, hash] = /terashi\.hash=([0-9a-f]{64})/.exec(words) ?? assert.fail(words);
  assert.equal(said('root hash'), hash);
  return `${kind} on ${source}, which verity holds to ${hash.slice(0, 8)}…`;
}
