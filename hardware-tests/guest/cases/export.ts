import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import type { Box } from '../box.js';
import type { Stick } from '../stick.js';

/** Copies the records to a new stick at the panel, and compares them byte by byte with those in the box. */
export async function copiesRecords(box: Box, stick: Stick, folder: string): Promise<string> {
  const { clerk } = box.appliance;
  await box.machine.plugStick(stick.file);
  try {
    await clerk.choose('look-at-stick');
    await clerk.choose('copy-records');
    await clerk.waitFor(({ scene }) => scene.name === 'copy-asked', 'the question before records are copied');
    await clerk.choose('copy-now');
    await clerk.waitFor(
      ({ scene }) => scene.name === 'copied' || scene.name === 'copy-failed',
      'the end of copying',
    );
  } finally {
    await box.machine.pullStick();
  }
  const { scene } = clerk.view!;
  assert(scene.name === 'copied' && scene.whole, JSON.stringify(scene));
  await clerk.choose('done');
  assert.doesNotMatch(await box.guest.run('cat', '/proc/mounts'), /terashi-stick/);

  const files = stick.extractAll(folder);
  const copy = files.find((file) => file.endsWith('.jsonl'));
  assert(copy !== undefined, files.join(', '));
  const bytes = readFileSync(copy);
  const hash = createHash('sha256').update(bytes).digest('hex');
  assert.equal(readFileSync(`${copy}.sha256`, 'utf8').slice(0, 64), hash);
  const [inBox] = (await box.guest.run('sha256sum', '/var/lib/terashi/records.jsonl')).split(' ');
  assert.equal(hash, inBox);
  const names = files.map((file) => basename(file)).join(', ');
  return `${scene.count} records, ${bytes.length} bytes, the same as in the box: ${names}`;
}
