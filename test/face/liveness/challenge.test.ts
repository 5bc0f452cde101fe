import assert from 'node:assert/strict';

import { boundsOf } from '../../../appliance/face/box.js';
import { Challenge } from '../../../appliance/face/liveness/challenge.js';
import { judge, type Toward } from '../../../appliance/face/liveness/judge.js';
import type { Sight } from '../../../appliance/face/liveness/sight.js';
import { livenessOf } from '../../../appliance/visit/liveness.js';
import { drawnHead, seen } from './drawn-head.js';

const passed = { relief: 'passed', blink: 'passed', screen: 'passed', sheet: 'passed' } as const;
const edges = [1, 0.5, 0.5, 0.6];

/** Looks ahead, blinks, turns to the visitor's left by so many degrees, and comes back: ten frames a second. */
function series({ yaw = 26, flat = false, blinks = true, wave = 15, from = 0 } = {}): Sight[] {
  const places = flat ? drawnHead.map(({ x, y }) => ({ x, y, z: 0 })) : drawnHead;
  const turn = [0, 0, 0, 0, 0, 0, 0, 0.5, 1, 1, 0.5, 0, 0, 0];
  return turn.map((part, i) => {
    const points = seen(places, { yaw: part * yaw, pitch: 0, roll: 0, x: 0, size: 80 });
    const opening = blinks && i === 3 ? 0.24 : 0.33;
    return {
      points,
      box: boundsOf(points),
      yaw: part * yaw,
      opening,
      at: from + i * 100,
      ...(part === 0 ? { close: { wave, edges } } : {}),
    };
  });
}

/** How the challenge goes with these frames, with what it asked for. */
function run(sights: readonly (Sight | undefined)[], toward: Toward = 'left') {
  const challenge = new Challenge(toward);
  const asked: string[] = [];
  for (const sight of sights) {
    challenge.see(sight);
    challenge.begin();
    if (asked.at(-1) !== challenge.instruction && !challenge.over) asked.push(challenge.instruction);
  }
  return { challenge, asked };
}

describe('the challenge', () => {
  it('asks for a blink, the turn and the way back, and passes a head that does so', () => {
    const { challenge, asked } = run(series());
    assert.deepEqual(asked, ['face-front', 'blink', 'turn-left', 'face-front']);
    assert.ok(challenge.over);
    assert.deepEqual(challenge.results, passed);
    assert.equal(livenessOf(challenge.results), 'passed');
  });

  it('says nothing before it is over', () => {
    const { challenge } = run(series().slice(0, 9));
    assert.deepEqual(new Set(Object.values(challenge.results)), new Set(['not-made']));
  });

  it('does not pass a turn to the other side, which a film cannot know', () => {
    const { challenge } = run(
      [...series(), ...series({ from: 1400 }), ...series({ from: 2800 }), ...series({ from: 9000 })],
      'right',
    );
    assert.notEqual(livenessOf(challenge.results), 'passed');
  });

  it('passes no turn to both sides', () => {
    const both = [...series(), ...series({ yaw: -26, from: 1400 })];
    const asked = { toward: 'left', at: 600 } as const;
    assert.deepEqual(judge(both, asked), { ...passed, relief: 'not-made' });
  });

  it('counts no turn from before it was asked for', () => {
    const early = series();
    assert.equal(judge(early, { toward: 'left', at: 1300 }).relief, 'not-made');
  });

  it('starts anew when the face is lost, or jumps, or comes back too late', () => {
    const away = series({ from: 400 }).map((sight) => ({
      ...sight,
      box: { ...sight.box, x: sight.box.x + 150 },
    }));
    for (const after of [[undefined, ...series({ from: 500 })], away, series({ from: 2000 })]) {
      const challenge = new Challenge('left');
      const kept = [...series().slice(0, 4), ...after].map((sight) => challenge.see(sight));
      assert.ok(kept.includes(false));
      assert.equal(challenge.progress, 0);
    }
  });

  it('gives up on whoever does not turn, and says what stood against it', () => {
    const still = Array.from({ length: 300 }, (_, i) => ({ ...series({ blinks: false })[0], at: i * 100 }));
    const { challenge } = run(still);
    assert.ok(challenge.over);
    assert.deepEqual(challenge.results, { ...passed, relief: 'not-made', blink: 'failed' });
  });
});

describe('the judgement', () => {
  const asked = { toward: 'left', at: 600 } as const;

  it('takes each cue by itself, and one that fails fails all', () => {
    const fails = [
      [series({ flat: true }), 'relief'],
      [series({ blinks: false }), 'blink'],
      [series({ wave: 500 }), 'screen'],
      [
        series().map((sight) =>
          sight.close ? { ...sight, close: { wave: 15, edges: [1, 1, 1, 0] } } : sight,
        ),
        'sheet',
      ],
    ] as const;
    for (const [sights, cue] of fails) {
      const results = judge(sights, asked);
      assert.deepEqual(results, { ...passed, [cue]: 'failed' });
      assert.equal(livenessOf(results), 'failed');
    }
  });

  it('passes nothing that was not looked at', () => {
    const none = judge(
      series().map(({ close: _, ...sight }) => sight),
      asked,
    );
    assert.deepEqual(none, { ...passed, screen: 'not-made', sheet: 'not-made' });
    assert.equal(livenessOf(none), 'not-checked');
    assert.equal(livenessOf(judge([], asked)), 'not-checked');
  });
});
