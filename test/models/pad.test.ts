import assert from 'node:assert/strict';

import { evaluateCues, type TurnDirection } from '../../appliance/face/liveness/cues.js';
import { livenessOf } from '../../appliance/visit/liveness.js';
import { passes, rateOf } from '../../models/pad/measure.js';
import { people } from '../../models/pad/people.js';
import { portraitOf } from '../../models/pad/portrait.js';
import { blank } from '../../models/pad/render.js';
import { drawFilmOnScreen } from '../../models/pad/screening.js';
import { renderSequence } from '../../models/pad/sequence.js';
import type { Kind } from '../../models/pad/species.js';
import { faceModels } from '../face/samples.js';

describe('simulated sequences', () => {
  it('use different people for setting and measuring', () => {
    const names = (split: keyof typeof people) => people[split].map((person) => JSON.stringify(person));
    const setting = new Set(names('setting'));
    assert.ok(names('measuring').every((name) => !setting.has(name)));
  });

  const filmed = async (kind: Kind, seed: number, ways: readonly TurnDirection[]) =>
    renderSequence(
      await faceModels(),
      await portraitOf(await faceModels(), people.setting[2]),
      kind,
      [ways],
      seed,
    );
  const judged = async (kind: Kind, seed: number, ways: readonly TurnDirection[]) => {
    const { asked, sights } = await filmed(kind, seed, ways);
    return evaluateCues(sights, asked);
  };

  for (const ways of [
    ['up', 'left', 'down'],
    ['right', 'down', 'left'],
  ] as const) {
    it(`of a head pass when asked to turn ${ways.join(', ')}`, async () => {
      assert.equal(livenessOf(await judged('bona-fide', 1, ways)), 'passed');
    });
  }

  for (const kind of ['print-large', 'bent-outward'] as const) {
    it(`of a sheet fail without relief and blink: ${kind}`, async () => {
      const { relief, blink } = await judged(kind, 2, ['left', 'up', 'right']);
      assert.notEqual(relief, 'passed');
      assert.equal(blink, 'failed');
    });
  }

  it('of a film that does what is asked fail by the grid of a coarse screen', async () => {
    const { relief, blink, screen } = await judged('video-coarse', 5, ['left', 'right', 'up']);
    assert.deepEqual({ relief, blink, screen }, { relief: 'passed', blink: 'passed', screen: 'failed' });
  });

  it('of a film on a perfect screen pass one challenge, and no other', async () => {
    const ways = ['right', 'up', 'left'] as const;
    assert.deepEqual(passes(await filmed('video-finest', 4, ways)), [ways]);
  });
});

describe('a screen in space', () => {
  it('is drawn in perspective, with its rim around it', () => {
    const [canvas, film] = [blank(), blank()];
    film.colours.fill(200);
    const stand = { yaw: 30, pitch: 0, roll: 0, x: 400, y: 300, size: 80 };
    const lit: [u: number, v: number][] = [];
    drawFilmOnScreen(canvas, film, stand, {
      light: (_, u, v) => lit.push([u, v]),
      glass: { half: 1, up: 1, down: 1 },
    });
    // Places on the glass in texture pixels, 104 per eye distance, around (260, 208).
    assert.ok(lit.every(([u, v]) => Math.abs(u - 260) <= 104 && Math.abs(v - 208) <= 104));
    const at = (x: number, y: number) => canvas.colours[3 * (800 * y + x)];
    // Turned by 30°, 9.5 eye distances away: the right edge is at 80·9.5·cos 30°/(9.5 + sin 30°) = 65.8 pixels, the
    // left one at 73.1; a quarter of an eye distance beyond them the rim ends.
    assert.deepEqual([at(400 + 64, 300), at(400 + 68, 300), at(400 + 86, 300)], [200, 22, 0]);
    assert.deepEqual([at(400 - 72, 300), at(400 - 75, 300), at(400 - 96, 300)], [200, 22, 0]);
  });
});

describe('the rates', () => {
  it('have the interval of Clopper and Pearson', () => {
    // 0 of 20: the upper end is 1 - 0.025^(1/20) = 0.1684; 1 of 20: 0.0013 to 0.2487.
    const none = rateOf(0, 20).interval;
    assert.ok(none[0] === 0 && Math.abs(none[1] - 0.1684) < 1e-4, none.join());
    const one = rateOf(1, 20).interval;
    assert.ok(Math.abs(one[0] - 0.0013) < 1e-4 && Math.abs(one[1] - 0.2487) < 1e-4, one.join());
  });
});
