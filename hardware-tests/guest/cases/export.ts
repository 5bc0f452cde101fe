import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import type { Box } from '../box.js';
import type { Card } from '../card.js';
import type { Stick } from '../stick.js';

const settings = join(installation.root, 'hardware-tests', 'guest', 'extras', 'terashi.toml');

/** Makes a municipality's key for copies with age itself, and writes it to a card's settings. Returns the secret key's file. */
export function writeExportKey(card: Card, folder: string): string {
  const identity = makeKey(join(folder, 'municipality.key'));
  const recipient = execFileSync('age-keygen', ['-y', identity], { encoding: 'utf8' }).trim();
  const file = join(folder, 'with-key.toml');
  writeFileSync(file, `${readFileSync(settings, 'utf8')}\n[keys]\nexport = "${recipient}"\n`);
  card.writeSettingsFile(file, 'terashi.toml');
  return identity;
}

function makeKey(file: string): string {
  execFileSync('age-keygen', ['-o', file], { stdio: 'ignore' });
  return file;
}

/**
 * Copies the records to a new stick at the panel. age opens the copy with the municipality's key and with no other, and
 * finds the records byte by byte as they are in the box; nothing on the stick can be read without it.
 *
 * @param identity the file of the secret key
 * @param folder for what is on the stick
 */
export async function copiesRecords(
  box: Box,
  stick: Stick,
  identity: string,
  folder: string,
): Promise<string> {
  const count = await copyAtPanel(box, stick);
  const inBox = await box.guest.run('cat', '/var/lib/terashi/records.jsonl');
  const readable = Buffer.from(inBox.slice(0, 40));
  assert(!readFileSync(stick.file).includes(readable), 'records on the stick that anybody can read');

  const files = stick.extractAll(folder);
  const copy = files.find((file) => file.endsWith('.age'));
  assert(copy !== undefined, files.join(', '));
  const bytes = readFileSync(copy);
  const hash = createHash('sha256').update(bytes).digest('hex');
  assert.equal(readFileSync(`${copy}.sha256`, 'utf8').slice(0, 64), hash);

  const stranger = makeKey(join(folder, 'stranger.key'));
  assert.notEqual(spawnSync('age', ['--decrypt', '--identity', stranger, copy]).status, 0);
  const opened = join(folder, 'opened');
  mkdirSync(opened);
  const archive = execFileSync('age', ['--decrypt', '--identity', identity, copy]);
  execFileSync('tar', ['--extract', '--directory', opened], { input: archive });
  assert.equal(readFileSync(join(opened, 'records.jsonl'), 'utf8'), inBox);
  const names = files.map((file) => basename(file)).join(', ');
  return `${count} records in ${bytes.length} bytes, opened by age and the same as in the box: ${names}`;
}

/** Returns the number of records that the panel reports as copied. */
async function copyAtPanel(box: Box, stick: Stick): Promise<number> {
  const { clerk } = box.appliance;
  await box.machine.plugStick(stick.file);
  try {
    await clerk.choose('look-at-stick');
    await clerk.choose('copy-records');
    await clerk.waitFor(({ scene }) => scene.name === 'copy-asked', 'the question before records are copied');
    const { scene } = clerk.view!;
    assert(scene.name === 'copy-asked' && scene.readers === 'key-holder', JSON.stringify(scene));
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
  return scene.count;
}
