import assert from 'node:assert/strict';

import { judge } from '../../appliance/face/liveness/judge.js';
import { livenessOf } from '../../appliance/visit/liveness.js';
import { rateOf } from '../../models/pad/measure.js';
import { people } from '../../models/pad/people.js';
import { portraitOf } from '../../models/pad/portrait.js';
import { film } from '../../models/pad/sequence.js';
import type { Kind } from '../../models/pad/species.js';
import { faceModels } from '../face/samples.js';

describe('made sequences', () => {
  it('share nobody between setting and measuring', () => {
    const names = (split: keyof typeof people) => people[split].map((person) => JSON.stringify(person));
    const setting = new Set(names('setting'));
    assert.ok(names('measuring').every((name) => !setting.has(name)));
  });

  const judged = async (kind: Kind, seed: number) => {
    const models = await faceModels();
    const { toward, askedAt, sights } = await film(
      models,
      await portraitOf(models, people.setting[2]),
      kind,
      seed,
    );
    return judge(sights, { toward, at: askedAt });
  };

  it('of a head pass, from the JPEG on', async () => {
    assert.equal(livenessOf(await judged('bona-fide', 1)), 'passed');
  });

  it('of a sheet, flat or bent, fail for want of relief and of a blink', async () => {
    for (const kind of ['print-large', 'bent-outward'] as const) {
      const { relief, blink } = await judged(kind, 2);
      assert.notEqual(relief, 'passed', kind);
      assert.equal(blink, 'failed', kind);
    }
  });

  it('of a film on a coarse screen fail by its grid, though the head in it turns and blinks', async () => {
    const { relief, blink, screen } = await judged('video-coarse', 3);
    assert.deepEqual({ relief, blink, screen }, { relief: 'passed', blink: 'passed', screen: 'failed' });
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
