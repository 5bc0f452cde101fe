import assert from 'node:assert/strict';

import { err, ok } from '../../appliance/result.js';
import { counter, walk, type Counter } from '../counter/counter.js';

const there = { type: 'stick', there: true } as const;
const gone = { type: 'stick', there: false } as const;
const offered = { type: 'offer', offer: { is: 'found', version: '0.2.0' } } as const;
const name = 'terashi-records-2026-0001-to-2026-0417-0123abcd.jsonl';
const shown = (visit: Counter) => visit.view().scene;
const asked = (visit: Counter) =>
  visit.story.filter((each) => each.what === 'asked' && each.task === 'copyRecords').length;

/** A counter at which the clerk has said yes. */
async function copying(): Promise<Counter> {
  const visit = counter();
  await visit.send({ type: 'available', practice: false }, there);
  await visit.press('right', 'right', 'enter', 'right', 'enter');
  assert.equal(visit.state(), 'copying');
  return visit;
}

describe('the records taken out at the counter', () => {
  it('are offered between two visits, for as long as a stick without an update is there', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: false });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test']);
    await visit.send(there);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'copy-records']);
    assert.equal(visit.view().focus, 0);
    await visit.send(offered);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'update']);
    await visit.send({ type: 'copy-records' });
    assert.equal(visit.state(), 'idle');
    await visit.send({ type: 'offer', offer: { is: 'refused', why: 'not-newer' } }, { type: 'copy-records' });
    assert.deepEqual(shown(visit), { name: 'copy-asked', readers: 'anybody' });
    await visit.send(gone);
    assert.deepEqual(shown(visit), { name: 'idle', update: { is: 'refused', why: 'not-newer' } });
  });

  it('are offered where no visit can begin as well: the box may be full of them', async () => {
    const visit = counter();
    await visit.send({ type: 'unavailable', fault: 'record-disk-full' }, there);
    assert.deepEqual(visit.view().choices, ['self-test', 'copy-records']);
    await visit.press('right', 'enter', 'right', 'enter');
    await visit.answer('copyRecords', ok({ name, count: 417, whole: true }));
    await visit.press('enter');
    assert.deepEqual(shown(visit), { name: 'unavailable', fault: 'record-disk-full' });
  });

  it('never leave more choices than a panel has room for', async () => {
    const visit = counter();
    const returned = { type: 'returned', version: '0.2.0', why: 'interrupted' } as const;
    await visit.send({ type: 'available', practice: false }, { type: 'clock', settable: true }, there);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'set-clock', 'copy-records']);
    await visit.send(returned);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'set-clock', 'dismiss']);
  });

  it('are never taken out during a visit', async () => {
    const visit = counter();
    await walk.toResult(visit, 0.61);
    await visit.send(there, { type: 'copy-records' }, { type: 'copy-now' });
    assert.equal(visit.state(), 'above');
    assert.equal(asked(visit), 0);
  });

  for (const key of ['back', 'cancel', 'silence', 'not now'] as const) {
    it(`are not taken out without a yes: ${key}`, async () => {
      const visit = counter();
      await visit.send({ type: 'available', practice: false }, there, { type: 'copy-records' });
      if (key === 'silence') await visit.wait(121_000);
      else if (key === 'not now') await visit.press('left', 'enter');
      else await visit.press(key);
      assert.equal(visit.state(), 'idle');
      assert.equal(asked(visit), 0);
      assert.deepEqual(visit.reports(), []);
    });
  }

  for (const whole of [true, false]) {
    it(`are said to be on the stick once they are, ${whole ? 'whole' : 'with what is wrong with them'}`, async () => {
      const visit = await copying();
      assert.deepEqual(shown(visit), { name: 'copying', fraction: 0 });
      visit.open()[0].tell({ type: 'copy-progress', fraction: 0.4 });
      await visit.send(gone);
      assert.deepEqual(shown(visit), { name: 'copying', fraction: 0.4 });
      await visit.answer('copyRecords', ok({ name, count: 417, whole }));
      assert.deepEqual(shown(visit), { name: 'copied', copy: name, count: 417, whole });
      await visit.press('enter');
      assert.equal(visit.state(), 'idle');
      assert.deepEqual(visit.reports(), [], 'no visit');
    });
  }

  for (const key of ['cancel', 'back'] as const) {
    it(`are stopped by ${key}, and it is waited until nothing is left on the stick`, async () => {
      const visit = await copying();
      await visit.press(key);
      assert.equal(visit.state(), 'copying');
      assert.equal(visit.story.filter(({ what }) => what === 'stopped').length, 1);
      await visit.answer('copyRecords', err('cancelled'));
      assert.equal(visit.state(), 'idle');
    });
  }

  it('are asked about anew once another stick is there, and not for the same one', async () => {
    const visit = await copying();
    await visit.answer('copyRecords', err('stick-full'));
    await visit.send(there);
    assert.deepEqual(shown(visit), { name: 'copy-failed', why: 'stick-full' });
    await visit.send(gone, there);
    assert.deepEqual(shown(visit), { name: 'copy-asked', readers: 'anybody' });
    assert.equal(asked(visit), 1, 'not without a yes');
    await visit.press('right', 'enter');
    await visit.send(gone);
    await visit.answer('copyRecords', err('stick-lost'));
    await visit.send(there);
    assert.equal(visit.state(), 'copy-asked', 'the stick was pulled while it was written');
  });

  it('that fail, break or hang are given up, and it is said why; then they can be taken out again', async () => {
    const failed = await copying();
    failed.open()[0].tell({ type: 'copy-progress', fraction: 0.7 });
    await failed.answer('copyRecords', err('stick-lost'));
    assert.deepEqual(shown(failed), { name: 'copy-failed', why: 'stick-lost' });
    await failed.press('enter', 'right', 'right', 'enter', 'right', 'enter');
    assert.deepEqual(shown(failed), { name: 'copying', fraction: 0 });

    const broken = await copying();
    broken.take('copyRecords').fail(new Error('a bug'));
    await broken.wait(0);
    assert.deepEqual(shown(broken), { name: 'copy-failed', why: 'no-answer' });
    assert.equal(broken.bugs.length, 1);
    await broken.wait(121_000);
    assert.equal(broken.state(), 'idle');

    const hung = await copying();
    await hung.wait(1_801_000);
    assert.deepEqual(shown(hung), { name: 'copy-failed', why: 'no-answer' });
    assert.equal(hung.story.filter(({ what }) => what === 'stopped').length, 1);
  });
});
