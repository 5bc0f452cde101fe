import assert from 'node:assert/strict';

import { type Checked, failed, warning, well } from '../../appliance/health/check.js';
import { ok } from '../../appliance/result.js';
import { counter, fault, type Counter } from '../counter/counter.js';

const checks: Checked[] = [
  well('models'),
  warning('clock', 'clock-untrusted'),
  failed('scanner', 'scanner-jammed'),
];
const end = (stopped = false) => ok({ checks, stopped });

/** A counter whose self-test is under way. */
async function testing(): Promise<Counter> {
  const visit = counter();
  await visit.send({ type: 'available', practice: false }, { type: 'self-test' });
  assert.equal(visit.state(), 'testing');
  return visit;
}

describe('the self-test at the counter', () => {
  it('is chosen before a visit, shows how far it is and what came of it, and leaves no record', async () => {
    const visit = await testing();
    visit
      .open()
      .at(0)
      ?.tell({ type: 'checked', checks: checks.slice(0, 1), now: 'clock' });
    assert.deepEqual(visit.view().scene, {
      name: 'self-test',
      checks: checks.slice(0, 1),
      now: 'clock',
    });
    await visit.answer('selfTest', end());
    assert.deepEqual(visit.view().scene, {
      name: 'self-tested',
      checks,
    });
    await visit.press('enter');
    assert.equal(visit.state(), 'idle');
    assert.deepEqual(visit.reports(), []);
  });

  it('shows what the scanner is waited for, until it scans', async () => {
    const visit = await testing();
    const [task] = visit.open();
    const progress = { type: 'checked', checks: [], now: 'scanner' } as const;
    task.tell({ ...progress, waiting: 'scanner-cover-open' });
    assert.deepEqual(visit.view().scene, {
      name: 'self-test',
      checks: [],
      now: 'scanner',
      waiting: 'scanner-cover-open',
    });
    task.tell(progress);
    assert.deepEqual(visit.view().scene, { name: 'self-test', checks: [], now: 'scanner' });
  });

  it('is chosen where no visit can begin, and begins one where what it found was mended', async () => {
    const visit = counter();
    await visit.send({ type: 'unavailable', fault: 'scanner-jammed' });
    await visit.press('enter');
    assert.equal(visit.state(), 'testing');
    await visit.send({ type: 'available', practice: false });
    assert.equal(visit.state(), 'testing');
    await visit.answer('selfTest', end());
    await visit.press('enter');
    assert.equal(visit.state(), 'idle');
  });

  it('lets no visit begin that a fault stands against', async () => {
    const visit = await testing();
    await visit.send({ type: 'unavailable', fault: 'scanner-jammed' });
    await visit.answer('selfTest', end());
    assert.equal(visit.view().scene.name, 'self-tested');
    await visit.press('enter');
    assert.deepEqual(visit.view().scene, { name: 'unavailable', fault: 'scanner-jammed' });
  });

  for (const key of ['cancel', 'back', 'next'] as const) {
    it(`is stopped by ${key}, and lets nobody begin until everything is given back`, async () => {
      const visit = await testing();
      await visit.press(key);
      assert.equal(visit.story.at(-1)?.what, 'stopped');
      await visit.send({ type: 'begin' });
      assert.equal(visit.state(), 'testing');
      await visit.answer('selfTest', end(true));
      assert.equal(visit.state(), 'idle');
    });
  }

  it('can be made again at once, and is left by itself when nobody presses a key', async () => {
    const visit = await testing();
    await visit.answer('selfTest', end());
    await visit.press('next', 'enter');
    assert.deepEqual(visit.view().scene, { name: 'self-test', checks: [] });
    await visit.answer('selfTest', end());
    await visit.wait(121_000);
    assert.equal(visit.state(), 'idle');
  });

  it('ends all use where its vault was not seen to be gone, and where it breaks', async () => {
    const unproven = await testing();
    await unproven.answer('selfTest', fault('erasure-unproven'));
    assert.equal(unproven.state(), 'unproven');
    const broken = await testing();
    broken.take('selfTest').fail(new Error('a bug'));
    await broken.wait(0);
    assert.equal(broken.state(), 'unproven');
    assert.equal(broken.bugs.length, 1);
  });
});
