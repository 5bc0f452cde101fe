import assert from 'node:assert/strict';

import fc from 'fast-check';

import { KeyGuard } from '../../appliance/core/key-guard.js';
import type { Key } from '../../appliance/protocol/key.js';
import { everyScene } from '../panel/views.js';

/** A guard, and its clock, which starts long after the scene was shown. */
function watched() {
  const clock = { now: 0 };
  const guard = new KeyGuard(() => clock.now);
  guard.shown(everyScene.idle);
  clock.now = 10_000;
  return { clock, guard };
}

describe('the guard over Enter and Next', () => {
  it('ignores them while what is asked is new, and no other key', () => {
    const { clock, guard } = watched();
    guard.shown(everyScene.reason);
    clock.now += 199;
    for (const key of ['left', 'right', 'back', 'cancel'] as const) assert(guard.accepts(key));
    assert(!guard.accepts('enter') && !guard.accepts('next'));
    clock.now += 151;
    assert(guard.accepts('enter') && guard.accepts('next'));
  });

  it('takes new choices in the same scene for a new question, and a moved focus for none', () => {
    const { clock, guard } = watched();
    guard.shown(everyScene.above);
    clock.now += 1000;
    guard.shown({ ...everyScene.above, focus: 0 });
    assert(guard.accepts('enter'));
    guard.shown({ ...everyScene.above, choices: ['do-not-hand-over', 'hand-over'] });
    clock.now += 160;
    assert(!guard.accepts('enter'));
  });

  it('takes a run of the same key for one press, whoever sends it', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 149 }), { maxLength: 50 });
    fc.assert(
      fc.property(fc.constantFrom<Key>('enter', 'next'), gaps, (key, gaps) => {
        const { clock, guard } = watched();
        const counted = [0, ...gaps].filter((gap) => {
          clock.now += gap;
          return guard.accepts(key);
        });
        assert.equal(counted.length, 1);
      }),
    );
  });

  it('loses no press of a person who answers each scene after a quarter of a second', () => {
    const presses = fc.array(
      fc.tuple(fc.integer({ min: 250, max: 3000 }), fc.constantFrom<Key>('enter', 'next', 'right')),
    );
    fc.assert(
      fc.property(presses, (presses) => {
        const { clock, guard } = watched();
        const scenes = [everyScene.reason, everyScene.notice];
        presses.forEach(([after, key], index) => {
          guard.shown(scenes[index % 2]);
          clock.now += after;
          assert(guard.accepts(key));
        });
      }),
    );
  });
});
