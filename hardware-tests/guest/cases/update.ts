import assert from 'node:assert/strict';
import { closeSync, cpSync, openSync, readSync, statSync, writeSync } from 'node:fs';

import type { UpdateNews, View } from '../../../appliance/panel/view.js';
import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import type { Stick } from '../stick.js';
import { longTimeoutMs } from '../timeouts.js';

type NewsOf<Is extends UpdateNews['is']> = Extract<UpdateNews, { is: Is }>;

function newsIn({ scene }: View): UpdateNews | undefined {
  return scene.name === 'idle' ? scene.update : undefined;
}

/** Waits until the panel shows this news of an update. */
async function waitForNews<Is extends UpdateNews['is']>({ appliance }: Box, is: Is): Promise<NewsOf<Is>> {
  await appliance.clerk.waitFor((view) => newsIn(view)?.is === is, `an update that is ${is}`);
  return newsIn(appliance.clerk.view!) as NewsOf<Is>;
}

/** A version on trial waits for its self-test; installing one writes a whole slot. */
const timing = { timeoutMs: longTimeoutMs, intervalMs: 500 };

/** Plugs in a stick with a newer version, and starts its installation at the panel. */
async function startInstallation(box: Box, stick: Stick, version: string): Promise<void> {
  const { clerk } = box.appliance;
  await box.machine.plugStick(stick.file);
  await clerk.choose('look-at-stick');
  const found = await waitForNews(box, 'found');
  assert.equal(found.version, version);
  await clerk.choose('update');
  await clerk.waitFor(({ scene }) => scene.name === 'update-found', 'the version on the stick');
  await clerk.choose('install-update');
  await clerk.waitFor(({ scene }) => scene.name === 'updating', 'the installation');
}

/** Installs a newer version from a stick, and waits until the box has restarted. */
async function install(box: Box, stick: Stick, version: string): Promise<void> {
  const { clerk } = box.appliance;
  const restarted = box.guest.nextStart();
  await startInstallation(box, stick, version);
  const isInstalled = () => clerk.view?.scene.name === 'restarting';
  await box.whileOn(until('the end of the installation', isInstalled, timing));
  await box.machine.pullStick();
  await box.restarted(restarted);
  await box.appliance.connectPanel();
}

/** A stick is pulled while the other slot is written: the panel says so, and the running slot is untouched. */
export async function losesStick(box: Box, stick: Stick, version: string): Promise<string> {
  const { clerk } = box.appliance;
  const before = await box.running();
  await startInstallation(box, stick, version);
  await clerk.waitFor(({ scene }) => scene.name === 'updating' && scene.writing, 'the writing of the slot');
  await box.machine.pullStick();
  await clerk.waitFor(({ scene }) => scene.name === 'update-failed', 'the failure of the update');
  const { scene } = clerk.view!;
  assert(scene.name === 'update-failed');
  assert.equal(scene.why, 'stick-lost');
  await clerk.choose('done');
  await clerk.waitFor((view) => view.scene.name === 'idle' && newsIn(view) === undefined, 'an idle box');
  assert.equal(await box.running(), before);
  assert.equal(await box.guest.run('ls', '/run/terashi-sticks'), '');
  return `${before} goes on (${scene.why})`;
}

/** The box installs a newer version from a stick, tests itself in it, and keeps it. */
export async function takesUpdate(box: Box, stick: Stick, version: string): Promise<string> {
  const before = await box.running();
  await install(box, stick, version);
  const begun = performance.now();
  const now = await box.running();
  assert.equal(now, `${version} in slot b`);
  const isKept = async () => (await box.guest.run('ls', '/var/lib/terashi/update')) === '';
  await box.whileOn(until('the new version to be kept', isKept, timing));
  const kept = ((performance.now() - begun) / 1000).toFixed(0);
  const slots = await box.slots();
  assert.equal(slots, 'b next, a good, b good');
  await box.appliance.waitUntilReady();
  return `${before}, then ${now}, kept after ${kept} s of self-test; ${slots}`;
}

/** The box refuses a bundle in which one byte was changed. */
export async function refusesTampered(box: Box, stick: Stick, bundle: string): Promise<string> {
  const before = await box.running();
  await box.machine.plugStick(stick.file);
  await box.appliance.clerk.choose('look-at-stick');
  const { why } = await waitForNews(box, 'refused');
  assert.equal(why, 'torn');
  const inspected = await box.guest.send({
    do: 'run',
    command: [
      'sh',
      '-c',
      `mkdir -p /run/tampered && mount -o ro /dev/disk/by-label/STICK /run/tampered && rauc info /run/tampered/${bundle}; umount /run/tampered`,
    ],
  });
  await box.machine.pullStick();
  await box.appliance.clerk.waitFor((view) => newsIn(view) === undefined, 'no news of an update');
  assert.equal(await box.running(), before);
  const rauc = inspected.text.trim().split('\n').at(-1)!;
  return `refused (${why}); rauc: ${rauc}`;
}

/** Copies a bundle with one bit of its signature changed, which is at its end. */
export function tamper(bundle: string, into: string): void {
  cpSync(bundle, into);
  const file = openSync(into, 'r+');
  const position = statSync(into).size - 200;
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, position);
  writeSync(file, Buffer.of(byte[0] ^ 1), 0, 1, position);
  closeSync(file);
}

/** The box rolls a version back that fails its self-test, and shows that until it is dismissed. */
export async function rollsBack(box: Box, stick: Stick, version: string): Promise<string> {
  const before = await box.running();
  await install(box, stick, version);
  const failed = await box.running();
  const begun = performance.now();
  await box.restarted();
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  await box.appliance.connectPanel();
  assert.equal(await box.running(), before);
  const { why, ...news } = await waitForNews(box, 'returned');
  assert.deepEqual(news, { is: 'returned', version });
  assert.equal(why, 'self-test-failed');
  await dismiss(box);
  return `${failed} failed and was rolled back after ${seconds} s: ${before} again, shown and dismissed`;
}

/** Dismisses the news of the last update. */
export async function dismiss({ appliance }: Box): Promise<void> {
  await appliance.clerk.choose('dismiss');
  await appliance.clerk.waitFor((view) => newsIn(view)?.is !== 'returned', 'no news of the last update');
}

export async function dismissIfShown(box: Box): Promise<void> {
  if (newsIn(box.appliance.clerk.view!)?.is === 'returned') await dismiss(box);
}
