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
  try {
    await clerk.until(({ choices }) => choices.includes('copy-records'), 'a stick for records');
    await clerk.choose('copy-records');
    await clerk.until(({ scene }) => scene.name === 'copy-asked', 'whether they are to be taken out');
    await clerk.choose('copy-now');
    await clerk.until(({ scene }) => scene.name === 'copied' || scene.name === 'copy-failed', 'an end');
  } finally {
    await box.machine.pullStick();
  }
  const { scene } = clerk.newest!;
  assert(scene.name === 'copied' && scene.whole, JSON.stringify(scene));
  await clerk.choose('done');
  assert.doesNotMatch(await box.guest.run('cat', '/proc/mounts'), /terashi-stick/);

  const files = stick.takeAll(folder);
  const copy = files.find((file) => file.endsWith('.jsonl'));
  assert(copy !== undefined, files.join(', '));
  const bytes = readFileSync(copy);
  const hash = createHash('sha256').update(bytes).digest('hex');
  assert.equal(readFileSync(`${copy}.sha256`, 'utf8').slice(0, 64), hash);
  const [told] = (await box.guest.run('sha256sum', '/var/lib/terashi/records.jsonl')).split(' ');
  assert.equal(hash, told);
  return `${scene.count} records, ${bytes.length} bytes, the same as in the box: ${files.map((file) => basename(file)).join(', ')}`;
}
