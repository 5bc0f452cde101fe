import assert from 'node:assert/strict';

import type { Change } from '../../appliance/record/change.js';
import { counter, type Counter } from '../counter/counter.js';

const weaker: Change = { what: 'visit.liveness', before: 'required', after: 'off', weaker: true };
const camera: Change = { what: 'camera', before: 'one', after: 'other' };
const news = (...changes: readonly Change[]) => ({ type: 'changes', changes }) as const;
const available = { type: 'available', practice: false } as const;
const agreed = (visit: Counter) =>
  visit.story.flatMap((each) => (each.what === 'agreed' ? [each.changes] : []));

describe('what has changed since the last visit', () => {
  it('is shown before the next one, which begins only after the clerk has agreed', async () => {
    const visit = counter();
    await visit.send(available, news(weaker, camera));
    await visit.press('enter');
    assert.deepEqual(visit.view().scene, { name: 'changes', changes: [weaker, camera], more: 0 });
    // As with any decision, a key that is held down agrees to nothing.
    await visit.press('enter', 'enter');
    assert.deepEqual([visit.state(), agreed(visit)], ['changes-shown', []]);
    await visit.press('right', 'enter');
    assert.deepEqual([visit.state(), agreed(visit)], ['idle', [[weaker, camera]]]);
    await visit.press('enter');
    assert.equal(visit.state(), 'reason');
  });

  for (const keys of [['right', 'right', 'enter'], ['back'], ['cancel']] as const)
    it(`is not agreed to by ${keys.join(', ')}: it comes again`, async () => {
      const visit = counter();
      await visit.send(available, news(weaker));
      await visit.press('enter', ...keys);
      assert.deepEqual([visit.state(), agreed(visit)], ['idle', []]);
      await visit.press('enter');
      assert.equal(visit.state(), 'changes-shown');
    });

  it('never holds up a counter where nothing has', async () => {
    const visit = counter();
    await visit.send(available, news());
    await visit.press('enter');
    assert.equal(visit.state(), 'reason');
  });

  it('can be seen where no visit can begin: a new key may be what is missing', async () => {
    const visit = counter();
    const key: Change = { what: 'keys.signing', after: 'ed25519:..' };
    await visit.send({ type: 'unavailable', fault: 'model-signer-unknown' }, news(key));
    assert.deepEqual(visit.view().choices, ['self-test', 'see-changes']);
    await visit.press('right', 'enter', 'right', 'enter');
    assert.deepEqual([visit.state(), agreed(visit)], ['unavailable', [[key]]]);
    assert.deepEqual(visit.view().choices, ['self-test']);
  });

  it('is shown anew, with nothing in focus, if it changes while it is looked at', async () => {
    const visit = counter();
    await visit.send(available, news(camera));
    await visit.press('enter', 'right');
    await visit.send(news(weaker));
    assert.deepEqual(visit.view().scene, { name: 'changes', changes: [weaker], more: 0 });
    assert.equal(visit.view().focus, undefined);
    await visit.press('right', 'enter');
    assert.deepEqual(agreed(visit), [[weaker]]);
  });

  it('goes away if it is as it was again', async () => {
    const visit = counter();
    await visit.send(available, news(camera));
    await visit.press('enter');
    await visit.send(news());
    assert.equal(visit.state(), 'idle');
  });

  it('is counted where the screen has no room for all', async () => {
    const visit = counter();
    const many = Array.from({ length: 9 }, (_, i) => ({ what: `time.k${i}`, after: `${i}` }));
    await visit.send(available, news(...many));
    await visit.press('enter');
    const { scene } = visit.view();
    assert.ok(scene.name === 'changes');
    assert.deepEqual([scene.changes.length, scene.more], [6, 3]);
  });

  it('is not agreed to by nobody', async () => {
    const visit = counter();
    await visit.send(available, news(weaker));
    await visit.press('enter');
    await visit.wait(120_000);
    assert.deepEqual([visit.state(), agreed(visit)], ['idle', []]);
  });
});
