import assert from 'node:assert/strict';

import { counter } from '../counter/counter.js';

const unseen = { type: 'unseen-stick', there: true } as const;

describe('a stick at the counter', () => {
  it('is looked at only when the clerk asks, and offers nothing before', async () => {
    const visit = counter();
    const looked = () => visit.story.filter(({ what }) => what === 'looked').length;
    await visit.send({ type: 'available', practice: false }, unseen);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'look-at-stick']);
    assert.equal(visit.view().focus, 0);
    assert.equal(looked(), 0);
    await visit.press('right', 'right', 'enter');
    assert.equal(looked(), 1);
    // It is being looked at: to ask twice does nothing.
    await visit.send({ type: 'look-at-stick' });
    assert.equal(looked(), 1);
    await visit.send({ type: 'unseen-stick', there: false }, { type: 'stick', there: true });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'copy-records']);
  });

  it('can be looked at where no visit can begin as well', async () => {
    const visit = counter();
    await visit.send({ type: 'unavailable', fault: 'camera-missing' }, unseen);
    assert.deepEqual(visit.view().choices, ['self-test', 'look-at-stick']);
  });
});
