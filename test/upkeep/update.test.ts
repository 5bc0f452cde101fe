import assert from 'node:assert/strict';

import { err, ok } from '../../appliance/result.js';
import { counter, walk, type Counter } from '../counter/counter.js';

const found = { type: 'offer', offer: { is: 'found', version: '0.2.0' } } as const;
const gone = { type: 'offer', offer: { is: 'none' } } as const;
const shown = (visit: Counter) => visit.view().scene;
const asked = (visit: Counter, task: 'update' | 'restart') =>
  visit.story.flatMap((each) => (each.what === 'asked' && each.task === task ? [each.input] : []));

/** A counter at which the clerk has agreed to an update. */
async function updating(): Promise<Counter> {
  const visit = counter();
  await visit.send({ type: 'available', practice: false }, found);
  await visit.press('right', 'right', 'enter', 'right', 'enter');
  assert.equal(visit.state(), 'updating');
  return visit;
}

describe('an update at the counter', () => {
  it('is offered between two visits, for as long as its stick is there', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: false });
    assert.deepEqual(shown(visit), { name: 'idle' });
    await visit.send(found);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'update']);
    assert.equal(visit.view().focus, 0);
    assert.deepEqual(shown(visit), { name: 'idle', update: found.offer });
    await visit.send({ type: 'update' });
    assert.deepEqual(shown(visit), { name: 'update-found', version: '0.2.0' });
    await visit.send(gone);
    assert.deepEqual(shown(visit), { name: 'idle' });
  });

  it('is offered where no visit can begin as well, since it may mend that', async () => {
    const visit = counter();
    await visit.send({ type: 'unavailable', fault: 'scanner-failed' });
    assert.deepEqual(visit.view().choices, ['self-test']);
    await visit.send(found);
    assert.deepEqual(visit.view().choices, ['self-test', 'update']);
    await visit.press('right', 'enter', 'right', 'enter');
    assert.deepEqual(asked(visit, 'update'), ['0.2.0']);
    await visit.answer('update', err('cancelled'));
    assert.deepEqual(shown(visit), { name: 'unavailable', fault: 'scanner-failed' });
  });

  it('is never begun during a visit', async () => {
    const visit = counter();
    await walk.toResult(visit, 0.61);
    await visit.send(found, { type: 'update' }, { type: 'install-update' });
    assert.equal(visit.state(), 'above');
    assert.deepEqual(asked(visit, 'update'), []);
  });

  for (const key of ['back', 'cancel', 'silence', 'not now'] as const) {
    it(`is not installed without a yes: ${key}`, async () => {
      const visit = counter();
      await visit.send({ type: 'available', practice: false }, found, { type: 'update' });
      if (key === 'silence') await visit.wait(121_000);
      else if (key === 'not now') await visit.press('left', 'enter');
      else await visit.press(key);
      assert.equal(visit.state(), 'idle');
      assert.deepEqual(asked(visit, 'update'), []);
      assert.deepEqual(visit.reports(), []);
    });
  }

  it('is the version that was agreed to, and restarts the box once it is written', async () => {
    const visit = await updating();
    assert.deepEqual(asked(visit, 'update'), ['0.2.0']);
    visit.open()[0].tell({ type: 'update-progress', fraction: 0.8, writing: true });
    await visit.send({ type: 'offer', offer: { is: 'found', version: '0.3.0' } });
    assert.deepEqual(shown(visit), { name: 'updating', version: '0.2.0', fraction: 0.8, writing: true });
    assert.deepEqual(asked(visit, 'restart'), []);
    await visit.answer('update', ok());
    assert.deepEqual(shown(visit), { name: 'restarting', version: '0.2.0' });
    assert.equal(asked(visit, 'restart').length, 1);
    await visit.answer('restart', ok());
    await visit.press('cancel', 'back', 'enter');
    assert.equal(visit.state(), 'restarting');
  });

  it('is stopped by cancel while nothing is written, and not after', async () => {
    const visit = await updating();
    await visit.press('cancel');
    assert.equal(visit.state(), 'updating', 'until it is sure that nothing was written');
    assert.equal(visit.story.filter(({ what }) => what === 'stopped').length, 1);
    await visit.answer('update', err('cancelled'));
    assert.equal(visit.state(), 'idle');

    const late = await updating();
    late.open()[0].tell({ type: 'update-progress', fraction: 0.8, writing: true });
    assert.deepEqual(late.view().keys, ['language']);
    await late.press('cancel', 'back');
    assert.equal(late.story.filter(({ what }) => what === 'stopped').length, 0);
    await late.answer('update', err('stick-lost'));
    assert.deepEqual(shown(late), { name: 'update-failed', why: 'stick-lost' });
    await late.press('enter');
    assert.equal(late.state(), 'idle');
    await late.press('right', 'right', 'enter', 'right', 'enter');
    assert.deepEqual(shown(late), { name: 'updating', version: '0.2.0', fraction: 0, writing: false });
  });

  it('that breaks, hangs or does not restart is given up, and says so', async () => {
    const broken = await updating();
    broken.take('update').fail(new Error('a bug'));
    await broken.wait(0);
    assert.deepEqual(shown(broken), { name: 'update-failed', why: 'no-answer' });
    assert.equal(broken.bugs.length, 1);
    await broken.wait(121_000);
    assert.equal(broken.state(), 'idle');

    const hung = await updating();
    await hung.wait(3_601_000);
    assert.deepEqual(shown(hung), { name: 'update-failed', why: 'no-answer' });

    const stays = await updating();
    await stays.answer('update', ok());
    await stays.answer('restart', err('restart-failed'));
    assert.deepEqual(shown(stays), { name: 'update-failed', why: 'restart-failed' });
  });

  it('that is refused is a notice with its reason, and nothing to choose', async () => {
    const visit = counter();
    const offer = { is: 'refused', why: 'foreign-key' } as const;
    await visit.send({ type: 'available', practice: false }, { type: 'offer', offer });
    assert.deepEqual(shown(visit), { name: 'idle', update: offer });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test']);
  });

  it('from which the box returned is told of until it was read, before another is begun', async () => {
    const visit = counter();
    const returned = { version: '0.2.0', why: 'self-test-failed' } as const;
    await visit.send({ type: 'returned', ...returned }, { type: 'available', practice: false }, found);
    assert.deepEqual(shown(visit), { name: 'idle', update: { is: 'returned', ...returned } });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'dismiss']);
    await visit.send({ type: 'update' });
    assert.equal(visit.state(), 'idle');
    await visit.press('right', 'right', 'enter');
    assert.equal(visit.story.filter(({ what }) => what === 'forgot').length, 1);
    assert.deepEqual(shown(visit), { name: 'idle', update: found.offer });
    assert.equal(visit.view().focus, 0);
  });
});
