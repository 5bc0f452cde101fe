import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import type { Box } from '../box.js';
import { Stick } from '../stick.js';

/** The records are taken out to a new stick at the panel, and lie on it byte by byte as in the box. */
export async function takesRecordsOut(box: Box, stick: Stick, folder: string): Promise<string> {
  const { clerk } = box.bench;
  await box.machine.plugStick(stick.file);
  await clerk.until(({ choices }) => choices.includes('copy-records'), 'a stick for records');
  await clerk.choose('copy-records');
  await clerk.until(({ scene }) => scene.name === 'copy-asked', 'whether they are to be taken out');
  await clerk.choose('copy-now');
  await clerk.until(({ scene }) => scene.name === 'copied' || scene.name === 'copy-failed', 'an end');
  const { scene } = clerk.newest!;
  assert(scene.name === 'copied', JSON.stringify(scene));
  await box.machine.pullStick();
  await clerk.choose('done');

  const files = stick.takeAll(folder);
  const copy = files.find((file) => file.endsWith('.jsonl'));
  assert(copy !== undefined, files.join(', '));
  const bytes = readFileSync(copy);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const [told] = (await box.guest.run('sha256sum', '/var/lib/terashi/records.jsonl')).split(' ');
  assert.equal(hash, told);
  return `${scene.count} records, ${bytes.length} bytes, the same as in the box: ${files.map((file) => basename(file)).join(', ')}`;
}
