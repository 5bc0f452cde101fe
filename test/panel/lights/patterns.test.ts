import assert from 'node:assert/strict';

import fc from 'fast-check';

import { cycleOf, frameAt, lit, type Pattern } from '../../../appliance/panel/lights/pattern.js';
import { patternOf } from '../../../appliance/panel/lights/patterns.js';
import type { View } from '../../../appliance/panel/view.js';
import { anyView, everyScene, sceneNames, viewOf } from '../views.js';
import { distinctViews } from './distinct-views.js';

/** In milliseconds: how finely a pattern is looked at. */
const glance = 20;

/** A whole cycle as an eye sees it that knows no colour: which lights are lit, glance by glance. */
function seen(pattern: Pattern): Uint8Array {
  return Uint8Array.from({ length: cycleOf(pattern) / glance }, (_, index) => rowAt(pattern, index * glance));
}

function rowAt(pattern: Pattern, elapsed: number): number {
  const [row] = frameAt(pattern, elapsed);
  return lit(row).reduce((bits, on, index) => bits | (on ? 1 << index : 0), 0);
}

/** The share of the time in which two patterns differ, however they lie over each other. */
function difference(one: Uint8Array, other: Uint8Array): number {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  let least = long.length;
  for (let shift = 0; shift < short.length; shift += 4) {
    let differing = 0;
    for (let index = 0; index < long.length && differing < least; index++) {
      if (long[index] !== short[(index + shift) % short.length]) differing++;
    }
    least = Math.min(least, differing);
  }
  return least / long.length;
}

const patternsOf = (name: string): Uint8Array => seen(patternOf(distinctViews.get(name)!));

/** Whether a scene shows its choices light by light. */
const showsChoices: Readonly<Record<View['scene']['name'], boolean>> = {
  starting: false,
  idle: false,
  unavailable: false,
  reason: true,
  notice: true,
  'place-document': true,
  scanning: false,
  'document-poor': true,
  'before-photograph': true,
  photographing: false,
  'photograph-poor': true,
  comparing: false,
  result: true,
  'not-comparable': true,
  explain: true,
  erasing: false,
  erased: true,
  'self-test': false,
  'self-tested': true,
  'set-clock': false,
  'applying-clock': false,
  'clock-set': false,
  'clock-not-set': false,
  'update-found': true,
  updating: false,
  restarting: false,
  'update-failed': true,
  'copy-asked': true,
  copying: false,
  copied: true,
  'copy-failed': true,
  changes: true,
  'vendor-entering': false,
  'vendor-menu': true,
  'bench-test': false,
  'vendor-saving': false,
  'vendor-reported': true,
  'vendor-refused': true,
};

/** The scenes in which the clock is set or a vendor tests the box, which only the screen can show. */
const onScreenOnly: readonly View['scene']['name'][] = [
  'applying-clock',
  'clock-set',
  'clock-not-set',
  'vendor-entering',
  'vendor-menu',
  'vendor-saving',
  'vendor-refused',
  'bench-test',
  'vendor-reported',
];

describe('the patterns of the status lights', () => {
  it('are compared for every scene', () => {
    const compared = new Set([...distinctViews.values()].map(({ scene }) => scene.name));
    assert.deepEqual(
      sceneNames.filter((name) => !compared.has(name)),
      onScreenOnly,
    );
  });

  it('differ in position or rhythm wherever a clerk has to tell two things apart', () => {
    const all = [...distinctViews].map(([name, view]) => [name, seen(patternOf(view))] as const);
    const alike = all.flatMap(([name, pattern], index) =>
      all
        .slice(index + 1)
        .filter(([, other]) => difference(pattern, other) < 0.07)
        .map(([other]) => `${name} / ${other}`),
    );
    assert.deepEqual(alike, []);
  });

  it('have nothing in common above and below the threshold', () => {
    const { above, below } = {
      above: patternsOf('above: hand-over'),
      below: patternsOf('below: photograph-again'),
    };
    assert(difference(above, below) > 0.35);
    const together = (pattern: Uint8Array, rows: readonly number[]) =>
      pattern.filter((row) => rows.includes(row)).length * glance;
    // All four lit at once, but for the winks of what can be chosen; and the hops between both ends.
    assert(together(above, [0b1111]) >= 2000 && together(below, [0b1111]) <= 300);
    assert(together(below, [0b1000]) >= 1200 && together(above, [0b1000]) === 0);
  });

  it('doubt what may be a picture as they doubt a challenge that failed', () => {
    const [failed, suspected] = ['above, with a challenge that failed', 'above, perhaps a picture'].map(
      (name) => patternOf(everyScene[name]),
    );
    assert.deepEqual(suspected, failed);
    assert.notDeepEqual(suspected, patternOf(everyScene.above));
  });

  it('light the choice in focus, if there is one, and let the others wink', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { choices, focus, scene, secondsLeft } = view;
        const hurried = focus === undefined && secondsLeft !== undefined;
        const wink = hurried ? [0.4, 0.6] : [0.1, 0.25];
        fc.pre(showsChoices[scene.name] && (focus ?? 0) < choices.length);
        const turn = seen(patternOf(view)).slice(-2400 / glance);
        const share = (light: number) => turn.filter((row) => row & (1 << light)).length / turn.length;
        for (let light = 0; light < 4; light++) {
          const [least, most] = light === focus ? [0.5, 1] : light < choices.length ? wink : [0, 0];
          assert(least <= share(light) && share(light) <= most, `light ${light + 1}: ${share(light)}`);
        }
      }),
    );
  });

  it('can be followed by an eye, and come round soon, whatever is shown', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const pattern = patternOf(view);
        assert(pattern.every(([, milliseconds]) => milliseconds >= 4 * glance));
        assert(cycleOf(pattern) <= 9000, `${view.scene.name}: ${cycleOf(pattern)} ms`);
      }),
    );
  });

  it('are one light and no other while a bench test asks about it, and dark while it asks for anything else', () => {
    const shown = (scene: object) =>
      patternOf({
        ...everyScene['bench-test, a question'],
        scene: { name: 'bench-test', steps: [], ...scene },
      });
    for (const [ask, row] of [
      ['led1', '●○○○'],
      ['led2', '○●○○'],
      ['led3', '○○●○'],
      ['led4', '○○○●'],
      ['camera', '○○○○'],
      ['buzzer', '○○○○'],
      ['lay-card', '○○○○'],
    ])
      assert.deepEqual(
        shown({ ask }).map(([frame]) => frame),
        [row],
        ask,
      );
    assert.deepEqual(
      shown({ press: 'no' }).map(([frame]) => frame),
      ['○○○○'],
    );
  });

  it('show a scan as a bar that grows', () => {
    const reached = (fraction: number) => {
      const rows = seen(patternOf(viewOf({ name: 'scanning', fraction })));
      return Math.max(...rows.map((row) => row.toString(2).replaceAll('0', '').length));
    };
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          assert(reached(Math.min(a, b)) <= reached(Math.max(a, b)));
        },
      ),
    );
    assert.deepEqual([0, 0.3, 0.6, 1].map(reached), [1, 2, 3, 4]);
  });

  it('go on as long as they are shown', () => {
    const pattern = patternOf(distinctViews.get('comparing')!);
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(100), (elapsed, cycles) => {
        const later = frameAt(pattern, elapsed + cycles * cycleOf(pattern));
        assert.deepEqual(later, frameAt(pattern, elapsed));
        const [row, left] = later;
        assert.equal(frameAt(pattern, elapsed + left - 1)[0], row);
        assert.notEqual(frameAt(pattern, elapsed + left)[0], row);
      }),
    );
  });
});
