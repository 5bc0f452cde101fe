import assert from 'node:assert/strict';

import { ok } from '../../appliance/result.js';
import {
  counter,
  fault,
  receipt,
  small,
  unusable,
  usable,
  walk,
  glare,
  type Counter,
} from '../counter/counter.js';

/** A visit that was decided and now waits to be erased. */
async function decided(): Promise<Counter> {
  const visit = counter();
  await walk.toResult(visit, 0.61);
  await visit.send({ type: 'hand-over' });
  return visit;
}

describe('a visit in trouble', () => {
  describe('erasure that was not proven', () => {
    const unproven: Record<string, (visit: Counter) => Promise<void>> = {
      'the core says so': (visit) => visit.answer('erase', fault('erasure-unproven')),
      'the core says nothing': (visit) => visit.wait(10_000),
      'the core has a bug': async (visit) => {
        visit.take('erase').fail(new Error('a bug'));
        await visit.send({ type: 'cancel' });
      },
    };
    for (const [name, happens] of Object.entries(unproven)) {
      it(`is never called erased, is recorded, and ends the appliance's work: ${name}`, async () => {
        const visit = await decided();
        await happens(visit);
        const stopped = { name: 'unavailable', fault: 'erasure-unproven' };
        assert.deepEqual(visit.view().scene, stopped);
        assert.deepEqual(
          visit.reports().map(({ outcome, because, fault }) => ({ outcome, because, fault })),
          [{ outcome: 'verified', because: 'decided', fault: 'erasure-unproven' }],
        );
        await visit.answer('writeRecord', fault('record-disk-full'));
        assert.deepEqual(visit.view().scene, stopped);
        await visit.press('enter');
        await visit.answer('writeRecord', receipt);
        await visit.send({ type: 'available', practice: false }, { type: 'begin' }, { type: 'retry' });
        await visit.press('enter', 'back', 'cancel');
        await visit.wait(3_600_000);
        assert.equal(visit.state(), 'unproven');
        assert.deepEqual(visit.view().scene, stopped);
        assert.equal(visit.view().status, 'unavailable');
        assert(!visit.story.some((each) => each.what === 'reached' && each.state === 'erased'));
      });
    }
  });

  describe('a record that cannot be written', () => {
    it('keeps the next visit from beginning until a retry succeeds, by key or by itself', async () => {
      const visit = await decided();
      await visit.answer('erase', ok());
      await visit.answer('writeRecord', fault('record-disk-full'));
      const full = { name: 'unavailable', fault: 'record-disk-full' };
      assert.deepEqual(visit.view().scene, full);
      assert(visit.view().keys.includes('enter'));
      await visit.send({ type: 'begin' }, { type: 'done' }, { type: 'available', practice: false });
      await visit.press('enter');
      assert.deepEqual(visit.view().scene, full);
      await visit.answer('writeRecord', fault('record-failed'));
      assert.deepEqual(visit.view().scene, { name: 'unavailable', fault: 'record-failed' });
      await visit.wait(15_000);
      await visit.answer('writeRecord', receipt);
      assert.equal(visit.state(), 'erased');
      const [first, ...again] = visit.reports();
      assert.deepEqual(again, [first, first]);
    });

    it('shows a writing that hangs, and waits for it rather than writing twice', async () => {
      const visit = await decided();
      await visit.answer('erase', ok());
      await visit.wait(10_000);
      assert.deepEqual(visit.view().scene, { name: 'unavailable', fault: 'record-failed' });
      await visit.press('enter');
      await visit.wait(3_600_000);
      assert.equal(visit.reports().length, 1);
      await visit.answer('writeRecord', receipt);
      assert.equal(visit.state(), 'erased');
    });
  });

  it('takes a bug in an effect for a fault, and tells of it', async () => {
    const visit = counter();
    await walk.toScan(visit);
    const bug = new Error('a bug');
    visit.take('scan').fail(bug);
    await visit.wait(0);
    assert.equal(visit.state(), 'erasing');
    await visit.answer('erase', ok());
    assert.deepEqual(
      visit.reports().map(({ outcome, fault }) => [outcome, fault]),
      [['fault', 'vault-nonsense']],
    );
    assert.deepEqual(visit.bugs, [bug]);
  });

  it('says what the scan waits for, until it goes on', async () => {
    const visit = counter();
    await walk.toScan(visit);
    const scan = () => visit.open().at(0);
    scan()?.tell({ type: 'progress', fraction: 0.4 });
    scan()?.tell({ type: 'waiting', why: 'scanner-cover-open' });
    await visit.send({ type: 'available', practice: false });
    assert.deepEqual(visit.view().scene, {
      name: 'scanning',
      fraction: 0.4,
      waiting: 'scanner-cover-open',
    });
    scan()?.tell({ type: 'progress', fraction: 0 });
    await visit.send({ type: 'available', practice: false });
    assert.deepEqual(visit.view().scene, { name: 'scanning', fraction: 0 });
    // Going back ends the wait; the next scan begins without it.
    scan()?.tell({ type: 'waiting', why: 'scanner-busy' });
    await visit.send({ type: 'back' }, { type: 'scan-now' });
    assert.deepEqual(visit.view().scene, { name: 'scanning', fraction: 0 });
  });

  it('drops what a task tells and answers after it was left', async () => {
    const visit = counter();
    await walk.toScan(visit);
    await visit.send({ type: 'back' }, { type: 'scan-now' });
    const left = visit.left().at(0);
    assert(left);
    left.tell({ type: 'progress', fraction: 0.9 });
    left.answer(unusable(glare));
    visit.open().at(0)?.tell({ type: 'progress', fraction: 0.2 });
    await visit.send({ type: 'available', practice: false });
    assert.deepEqual(visit.view().scene, { name: 'scanning', fraction: 0.2 });
    await visit.answer('scan', usable(small));
    assert.equal(visit.state(), 'before-photograph');
  });

  it('takes one vault a visit, though the clerk went back to the notice', async () => {
    const visit = counter();
    await walk.toDocument(visit);
    await visit.send({ type: 'back' }, { type: 'agree' });
    assert.equal(visit.state(), 'place-document');
    assert.deepEqual(visit.open(), []);
  });

  it('begins no visit before the core says that it can, nor after it said that it cannot', async () => {
    const visit = counter();
    await visit.send({ type: 'begin' });
    assert.deepEqual(visit.view().scene, { name: 'starting' });
    await visit.send({ type: 'unavailable', fault: 'model-missing' }, { type: 'begin' });
    assert.deepEqual(visit.view().scene, { name: 'unavailable', fault: 'model-missing' });
    await visit.send({ type: 'available', practice: false });
    assert.equal(visit.state(), 'idle');
    await visit.send({ type: 'unavailable', fault: 'camera-missing' });
    assert.equal(visit.state(), 'unavailable');
  });

  it('remembers what the core said during a visit until it is over', async () => {
    const visit = await decided();
    await visit.send({ type: 'unavailable', fault: 'scanner-missing' });
    await visit.answer('erase', ok());
    await visit.answer('writeRecord', receipt);
    await visit.press('enter');
    assert.deepEqual(visit.view().scene, { name: 'unavailable', fault: 'scanner-missing' });
  });
});
