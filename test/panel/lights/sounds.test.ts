import assert from 'node:assert/strict';

import fc from 'fast-check';

import { type Sound, soundOf } from '../../../appliance/panel/lights/sounds.js';
import type { View } from '../../../appliance/panel/view.js';
import { anyView, everyScene } from '../views.js';
import { distinctViews } from './distinct-views.js';

const seen = (name: string): View => {
  const view = distinctViews.get(name) ?? everyScene[name];
  assert(view, name);
  return view;
};
const from = (before: string, now: string): Sound => soundOf(seen(before), seen(now));

describe('the buzzer', () => {
  it('sounds differently for all that needs attention', () => {
    const above = from('comparing', 'above: hand-over');
    const below = from('comparing', 'below: photograph-again');
    const all = [
      above,
      below,
      from('scanning 0.9', 'document-poor'),
      from('erasing', 'erased'),
      from('erasing', 'broken off'),
      from('idle', 'scanner missing'),
      soundOf(seen('notice: agree'), { ...seen('notice: agree'), secondsLeft: 30 }),
      soundOf(seen('notice, in the end'), { ...seen('notice, in the end'), secondsLeft: 10 }),
    ];
    assert(all.every((sound) => sound.length % 2 === 1));
    assert.equal(new Set(all.map((sound) => sound.join())).size, all.length);
    // One long sound, and two short ones.
    assert.deepEqual([above.length, below.length], [1, 3]);
    assert(above[0] > 3 * Math.max(...below));
  });

  it('is quiet while nothing needs attention', () => {
    const quiet = [
      'starting',
      'idle',
      'reason: proxy',
      'notice: agree',
      'place-document: scan-now',
      'scanning 0',
    ];
    quiet.push(
      'before-photograph: photograph-now',
      'photographing nearer',
      'comparing',
      'erasing',
      'refused: done',
    );
    for (const before of distinctViews.keys())
      for (const now of quiet) assert.deepEqual(from(before, now), [], `${before}, ${now}`);
  });

  it('says a thing once, though the focus moves and the seconds pass', () => {
    fc.assert(
      fc.property(anyView, fc.nat(3), fc.integer({ min: 31, max: 600 }), (view, focus, secondsLeft) => {
        assert.deepEqual(soundOf(view, view), []);
        assert.deepEqual(soundOf(view, { ...view, focus, secondsLeft }), []);
      }),
    );
    assert.deepEqual(from('above: hand-over', 'consulting, above: hand-over'), []);
    assert.deepEqual(from('document-poor', 'not-comparable: done'), []);
    assert.notDeepEqual(from('photographing nearer', 'photograph-poor'), []);
  });

  it('calls twice in the last half minute', () => {
    const seconds = Array.from({ length: 36 }, (_, passed) => 35 - passed);
    const calls = (name: string) =>
      seconds
        .slice(1)
        .filter(
          (secondsLeft) =>
            soundOf({ ...seen(name), secondsLeft: secondsLeft + 1 }, { ...seen(name), secondsLeft }).length >
            0,
        );
    assert.deepEqual(calls('above: hand-over'), [30, 10]);
  });

  it('says nothing of what is there already when the lights begin', () => {
    for (const view of distinctViews.values()) assert.deepEqual(soundOf(undefined, view), []);
  });
});
