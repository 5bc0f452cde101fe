import assert from 'node:assert/strict';

import { boundsOf } from '../../../appliance/face/box.js';
import { Challenge } from '../../../appliance/face/liveness/challenge.js';
import { evaluateCues, type TurnDirection } from '../../../appliance/face/liveness/cues.js';
import { turnSequences } from '../../../appliance/face/liveness/turn-sequences.js';
import { type SkinSpectra, skinSpectra } from '../../../appliance/face/liveness/moire.js';
import type { Observation } from '../../../appliance/face/liveness/observation.js';
import { livenessOf } from '../../../appliance/visit/liveness.js';
import { drawnHead, seen } from './drawn-head.js';
import { none, points, skin } from './skin.js';

const passed = { relief: 'passed', blink: 'passed', screen: 'passed', sheet: 'passed' } as const;
const edges = [1, 0.5, 0.5, 0.6];
const bare = Array.from({ length: 8 }, (_, i) => skinSpectra(skin(none, i), points));
const gridded = { contrast: 0.03, across: 7, down: 40, coloured: true };
const onScreen = Array.from({ length: 8 }, (_, i) => skinSpectra(skin(gridded, i), points));

const held = { yaw: 0, pitch: 0 };
const turned = (way: TurnDirection, by: number) => ({
  yaw: way === 'left' ? by : way === 'right' ? -by : 0,
  pitch: way === 'down' ? by : way === 'up' ? -by : 0,
});
const turn = [0.5, 1, 1, 0.5, 0, 0, 0];
const ways = ['left', 'down', 'right'] as const satisfies TurnDirection[];
/** When each of three turns is asked for, if they are performed as quickly as in `series`. */
const asks = [600, 1300, 2000];
const asked = ways.map((toward, i) => ({ toward, at: asks[i] }));

type Doings = {
  readonly ways?: readonly TurnDirection[];
  readonly by?: number;
  readonly flat?: boolean;
  readonly blinks?: boolean;
  readonly waves?: readonly SkinSpectra[];
  readonly from?: number;
};

/** Looks ahead, blinks, turns each way by this many degrees and comes back, at ten frames a second. */
function series({
  ways: done = ways,
  by = 26,
  flat = false,
  blinks = true,
  waves = bare,
  from = 0,
}: Doings = {}): Observation[] {
  const places = flat ? drawnHead.map(({ x, y }) => ({ x, y, z: 0 })) : drawnHead;
  const path = [
    ...Array<typeof held>(7).fill(held),
    ...done.flatMap((way) => turn.map((part) => turned(way, part * by))),
  ];
  return path.map(({ yaw, pitch }, i) => {
    const seenPoints = seen(places, { yaw, pitch, roll: 0, x: 0, size: 80 });
    return {
      points: seenPoints,
      box: boundsOf(seenPoints),
      yaw,
      pitch,
      opening: blinks && i === 3 ? 0.24 : 0.33,
      at: from + i * 100,
      ...(yaw === 0 ? { marks: { spectra: waves[i % waves.length], edges, busy: 0.2 } } : {}),
    };
  });
}

/** Runs the challenge on these frames: its result, its instructions and its progress. */
function run(sights: readonly (Observation | undefined)[], toward: readonly TurnDirection[] = ways) {
  const challenge = new Challenge(toward);
  const heard: string[] = [];
  const progress: number[] = [];
  for (const sight of sights) {
    challenge.observe(sight);
    challenge.begin();
    progress.push(challenge.progress);
    if (heard.at(-1) !== challenge.instruction && !challenge.over) heard.push(challenge.instruction);
  }
  return { challenge, heard, progress };
}

describe('the set of challenges', () => {
  it('holds 32 challenges: 4·3·3 of three turns without a repeat, less two that only nod and two that never do', () => {
    assert.equal(turnSequences.length, 32);
    assert.equal(new Set(turnSequences.map((sequence) => sequence.join())).size, 32);
    for (const sequence of turnSequences) {
      assert.equal(sequence.length, 3);
      const aside = sequence.filter((way) => way === 'left' || way === 'right').length;
      assert.ok(aside === 1 || aside === 2, sequence.join());
      assert.ok(sequence.every((way, i) => i === 0 || way !== sequence[i - 1]));
    }
  });
});

describe('the challenge', () => {
  it('asks for a blink and each turn and the way back from it, and passes a head that does so', () => {
    const { challenge, heard, progress } = run(series());
    const turns = ['turn-left', 'face-front', 'turn-down', 'face-front', 'turn-right', 'face-front'];
    assert.deepEqual(heard, ['face-front', 'blink', ...turns]);
    assert.ok(challenge.over);
    assert.deepEqual(challenge.results, passed);
    assert.equal(livenessOf(challenge.results), 'passed');
    assert.deepEqual(
      [...new Set(progress)].map((part) => Math.round(part * 7)),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.ok(progress.every((part, i) => i === 0 || part >= progress[i - 1]));
  });

  it('passes the challenge that is performed, and no other of the set', () => {
    for (const done of turnSequences.filter((_, i) => i % 6 === 0)) {
      const sights = series({ ways: done });
      const passes = turnSequences.filter(
        (toward) => livenessOf(run(sights, toward).challenge.results) === 'passed',
      );
      assert.deepEqual(passes, [done]);
    }
  });

  it('has no result before it is over', () => {
    const { challenge } = run(series().slice(0, 20));
    assert.deepEqual(new Set(Object.values(challenge.results)), new Set(['not-made']));
  });

  it('is over as soon as the head turns the wrong way, as in a film made beforehand', () => {
    const { challenge, heard } = run(series({ ways: ['left', 'up', 'right'] }));
    assert.ok(challenge.over);
    assert.equal(heard.at(-1), 'turn-down');
    assert.deepEqual(challenge.results, { ...passed, relief: 'not-made' });
  });

  it('accepts a head that swings back too far', () => {
    const swung = series().map((sight) => (sight.at === 1200 ? { ...sight, yaw: -17 } : sight));
    assert.deepEqual(evaluateCues(swung, asked), passed);
    const astray = series().map((sight) => (sight.at === 700 ? { ...sight, yaw: -17 } : sight));
    assert.deepEqual(evaluateCues(astray, asked), { ...passed, relief: 'not-made' });
  });

  it('ignores a turn before it was asked for', () => {
    const late = asked.map(({ toward, at }) => ({ toward, at: at + 700 }));
    assert.equal(evaluateCues(series(), late).relief, 'not-made');
  });

  it('starts again if the face is lost, jumps, or comes back too late', () => {
    const away = series({ from: 400 }).map((sight) => ({
      ...sight,
      box: { ...sight.box, x: sight.box.x + 150 },
    }));
    for (const after of [[undefined, ...series({ from: 500 })], away, series({ from: 2000 })]) {
      const challenge = new Challenge(ways);
      const kept = [...series().slice(0, 4), ...after].map((sight) => challenge.observe(sight));
      assert.ok(kept.includes(false));
      assert.equal(challenge.progress, 0);
    }
  });

  it('ends if the head does not turn, with the missing cues in its results', () => {
    const still = Array.from({ length: 300 }, (_, i) => ({
      ...series({ blinks: false })[i % 7],
      at: i * 100,
    }));
    const { challenge } = run(still);
    assert.ok(challenge.over);
    assert.deepEqual(challenge.results, { ...passed, relief: 'not-made', blink: 'failed' });
  });

  it('examines no more frames than it needs', () => {
    const challenge = new Challenge(ways);
    const still = Array.from({ length: 60 }, (_, i) => ({ ...series()[i % 7], at: i * 33 }));
    const wanted = still.filter((sight) => {
      const { marks: _, ...further } = sight;
      const wants = challenge.wantsMarks(sight);
      challenge.observe(wants ? sight : further);
      return wants;
    });
    assert.equal(wanted.length, 16);
    // Every third of thirty frames a second.
    assert.deepEqual(
      wanted.slice(0, 3).map(({ at }) => at),
      [0, 99, 198],
    );
  });
});

describe('the judgement', () => {
  it('judges each cue by itself, and fails if one fails', () => {
    const fails = [
      [series({ flat: true }), 'relief'],
      [series({ blinks: false }), 'blink'],
      [series({ waves: onScreen }), 'screen'],
      [
        series().map((sight) =>
          sight.marks ? { ...sight, marks: { ...sight.marks, edges: [1, 1, 1, 0] } } : sight,
        ),
        'sheet',
      ],
    ] as const;
    for (const [sights, cue] of fails) {
      const results = evaluateCues(sights, asked);
      assert.deepEqual(results, { ...passed, [cue]: 'failed' });
      assert.equal(livenessOf(results), 'failed');
    }
  });

  it('requires relief in each turn, up and down too', () => {
    for (const [i, way] of ways.entries()) {
      const { at } = asked[i];
      const sheet = new Map(series({ flat: true }).map((sight) => [sight.at, sight.points]));
      const partly = series().map((sight) =>
        sight.at > at && sight.at <= at + 700 ? { ...sight, points: sheet.get(sight.at)! } : sight,
      );
      assert.deepEqual(evaluateCues(partly, asked), { ...passed, relief: 'failed' }, way);
    }
  });

  it('passes no cue that was not examined, or too little', () => {
    for (const looks of [0, 7]) {
      let left = looks;
      const few = series().map(({ marks, ...sight }) => (marks && left-- > 0 ? { ...sight, marks } : sight));
      const results = evaluateCues(few, asked);
      assert.deepEqual(results, { ...passed, screen: 'not-made', sheet: 'not-made' });
      assert.equal(livenessOf(results), 'not-checked');
    }
    assert.equal(livenessOf(evaluateCues([], asked)), 'not-checked');
    assert.equal(evaluateCues(series(), []).relief, 'not-made');
  });
});
