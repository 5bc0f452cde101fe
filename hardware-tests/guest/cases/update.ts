import assert from 'node:assert/strict';
import { closeSync, cpSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import type { UpdateNews, View } from '../../../appliance/panel/view.js';
import type { Box } from '../box.js';
import { Stick } from '../stick.js';

type News<Is extends UpdateNews['is']> = Extract<UpdateNews, { is: Is }>;

function newsOf({ scene }: View): UpdateNews | undefined {
  return scene.name === 'idle' ? scene.update : undefined;
}

/** Waits until the panel says this of updates. */
async function told<Is extends UpdateNews['is']>({ bench }: Box, is: Is): Promise<News<Is>> {
  await bench.clerk.until((view) => newsOf(view)?.is === is, `an update that is ${is}`);
  return newsOf(bench.clerk.newest!) as News<Is>;
}

/** In milliseconds: a version on trial waits for its self-test, and what is refused starts the box again. */
const patience = 900_000;

/** Plugs in a stick with a newer version, and agrees to it. */
async function agree(box: Box, stick: Stick, version: string): Promise<void> {
  const { clerk } = box.bench;
  await box.machine.plugStick(stick.file);
  const found = await told(box, 'found');
  assert.equal(found.version, version);
  await clerk.choose('update');
  await clerk.until(({ scene }) => scene.name === 'update-found', 'the version that was found');
  await clerk.choose('install-update');
  await clerk.until(({ scene }) => scene.name === 'updating', 'an update that is installed');
}

/** Has a newer version installed from a stick, and waits until the box has started again. */
async function install(box: Box, stick: Stick, version: string): Promise<void> {
  const { clerk } = box.bench;
  const restarted = box.guest.restarted();
  await agree(box, stick, version);
  await box.whileOn(until(() => clerk.newest?.scene.name === 'restarting', 'restarting'));
  await box.machine.pullStick();
  await box.whileOn(restarted);
  await box.bench.attend();
}

/** A stick that is pulled while the other slot is written: the box says so, and the slot that runs is what it was. */
export async function losesStick(box: Box, stick: Stick, version: string): Promise<string> {
  const { clerk } = box.bench;
  const before = await box.running();
  await agree(box, stick, version);
  await clerk.until(({ scene }) => scene.name === 'updating' && scene.writing, 'a slot that is written');
  await box.machine.pullStick();
  await clerk.until(({ scene }) => scene.name === 'update-failed', 'an update that failed');
  const { scene } = clerk.newest!;
  assert(scene.name === 'update-failed');
  assert.equal(scene.why, 'stick-lost');
  await clerk.choose('done');
  await clerk.until((view) => view.scene.name === 'idle' && newsOf(view) === undefined, 'a box at rest');
  assert.equal(await box.running(), before);
  assert.equal(await box.guest.run('ls', '/run/terashi-sticks'), '');
  return `${before} goes on (${scene.why})`;
}

/** The box takes a newer version from a stick, tests itself in it, and keeps it. */
export async function takesUpdate(box: Box, stick: Stick, version: string): Promise<string> {
  const before = await box.running();
  await install(box, stick, version);
  const begun = performance.now();
  const now = await box.running();
  assert.equal(now, `${version} in slot b`);
  await until(
    async () => (await box.guest.run('ls', '/var/lib/terashi/update')) === '',
    'the version is kept',
  );
  const kept = ((performance.now() - begun) / 1000).toFixed(0);
  const slots = await box.slots();
  assert.equal(slots, 'b next, a good, b good');
  await box.bench.ready();
  return `${before}, then ${now}, kept after ${kept} s of self-test; ${slots}`;
}

/** A stick whose bundle was changed by one byte brings nothing. */
export async function refusesTampered(box: Box, stick: Stick, bundle: string): Promise<string> {
  const before = await box.running();
  await box.machine.plugStick(stick.file);
  const { why } = await told(box, 'refused');
  assert.equal(why, 'torn');
  const inspected = await box.guest.ask({
    do: 'run',
    command: [
      'sh',
      '-c',
      `mkdir -p /run/tampered && mount -o ro /dev/disk/by-label/STICK /run/tampered && rauc info /run/tampered/${bundle}; umount /run/tampered`,
    ],
  });
  await box.machine.pullStick();
  await box.bench.clerk.until((view) => newsOf(view) === undefined, 'nothing of updates');
  assert.equal(await box.running(), before);
  const rauc = inspected.text.trim().split('\n').at(-1)!;
  return `refused (${why}); rauc: ${rauc}`;
}

/** Copies a bundle with one byte of it changed: in the signature, which is its end. */
export function tamper(bundle: string, into: string): void {
  cpSync(bundle, into);
  const file = openSync(into, 'r+');
  const place = statSync(into).size - 200;
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, place);
  writeSync(file, Buffer.of(byte[0] ^ 1), 0, 1, place);
  closeSync(file);
}

/** The box returns by itself from a version that fails its self-test, and says so until that is read. */
export async function returns(box: Box, stick: Stick, version: string): Promise<string> {
  const before = await box.running();
  await install(box, stick, version);
  const tried = await box.running();
  const begun = performance.now();
  await box.whileOn(box.guest.restarted());
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  await box.bench.attend();
  assert.equal(await box.running(), before);
  const { why, ...news } = await told(box, 'returned');
  assert.deepEqual(news, { is: 'returned', version });
  assert.equal(why, 'self-test-failed');
  await dismiss(box);
  return `${tried} failed and was left after ${seconds} s: ${before} again, said and read`;
}

/** Reads what is told of the last update. */
export async function dismiss({ bench }: Box): Promise<void> {
  await bench.clerk.choose('dismiss');
  await bench.clerk.until((view) => newsOf(view)?.is !== 'returned', 'nothing of the last update');
}

/** Reads it where something is told. */
export async function dismissIfTold(box: Box): Promise<void> {
  if (newsOf(box.bench.clerk.newest!)?.is === 'returned') await dismiss(box);
}

async function until(is: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = performance.now() + patience; !(await is());) {
    if (performance.now() > deadline) throw new Error(`waited for ${what}`);
    await wait(500);
  }
}
