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

describe('the guard over keys', () => {
  it('ignores Enter and Next while what is asked is new, and no other key', () => {
    const { clock, guard } = watched();
    guard.shown(everyScene.reason);
    clock.now += 199;
    for (const key of ['left', 'right', 'back', 'cancel'] as const) assert(guard.accepts(key));
    assert(!guard.accepts('enter') && !guard.accepts('next'));
    clock.now += 151;
    assert(guard.accepts('enter') && guard.accepts('next'));
  });

  it('ignores an Enter that comes with the key that moved the focus, and no Next', () => {
    const { clock, guard } = watched();
    guard.shown(everyScene.above);
    clock.now += 1000;
    guard.shown({ ...everyScene.above, focus: 0 });
    assert(!guard.accepts('enter') && guard.accepts('next'));
    clock.now += 200;
    assert(guard.accepts('enter'));
  });

  it('takes new choices in the same scene for a new question', () => {
    const { clock, guard } = watched();
    guard.shown(everyScene.above);
    clock.now += 1000;
    guard.shown({ ...everyScene.above, choices: ['do-not-hand-over', 'hand-over'] });
    clock.now += 160;
    assert(!guard.accepts('enter'));
  });

  it('takes a run of the same key for one press, whoever sends it', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 149 }), { maxLength: 50 });
    fc.assert(
      fc.property(fc.constantFrom<Key>('enter', 'next', 'back', 'cancel'), gaps, (key, gaps) => {
        const { clock, guard } = watched();
        const counted = [0, ...gaps].filter((gap) => {
          clock.now += gap;
          return guard.accepts(key);
        });
        assert.equal(counted.length, 1);
      }),
    );
  });

  it('takes a held Cancel for one press, however late it repeats', () => {
    fc.assert(
      fc.property(fc.integer({ min: 250, max: 660 }), (delay) => {
        const { clock, guard } = watched();
        assert(guard.accepts('cancel'));
        clock.now += delay;
        assert(!guard.accepts('cancel'));
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
