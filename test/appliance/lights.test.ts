import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { socketsIn } from '../../appliance/core/state-folder.js';
import { toLine } from '../../appliance/json-lines.js';
import { linesFrom, longestView } from '../../appliance/panel/link.js';
import { view } from '../../appliance/panel/view.js';
import { Bench, good, obedient, StandIn } from './camera-bench.js';
import { connected, Counter } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';

describe('an appliance with lights', () => {
  let bench: Bench;
  let counter: Counter;
  afterEach(() => counter.close());

  async function begin(toml: string): Promise<void> {
    bench = new Bench(good);
    const settings = join(bench.folder, 'terashi.toml');
    writeFileSync(settings, toml);
    counter = await Counter.open(['--settings', settings], bench.folder, { PATH: bench.path });
  }
  const attach = () => connected(socketsIn(bench.folder).lights);

  it('lets its camera light burn exactly while the camera runs', async () => {
    await begin('[panel]\nlights = "off"\n');
    const lights = new StandIn(await attach(), bench, obedient);
    await counter.goTo('result');
    await lights.until(2);
    assert.deepEqual(lights.told, [
      { wanted: true, cameraRuns: false },
      { wanted: false, cameraRuns: false },
    ]);
    assert.deepEqual(
      bench.runs().map(({ light }) => light),
      ['lit'],
    );
  });

  it('warns of a button that is stuck, until it is released', async () => {
    await begin('');
    const views = linesFrom(await connected(socketsIn(bench.folder).screen), view, longestView);
    const warned = async (is: boolean): Promise<void> => {
      for (;;) {
        const line = await views.next();
        assert(!line.done && line.value.ok);
        const { scene, warnings } = line.value.value;
        if (scene.name === 'idle' && warnings.includes('button-stuck') === is) return;
      }
    };
    const lights = await until('the lights of the machine to leave', async () => {
      const socket = await attach();
      // Who is let in is shown the view at once.
      const admitted = once(socket, 'data').then(() => true);
      return (await Promise.race([admitted, once(socket, 'close')])) === true && socket;
    });
    lights.write(toLine({ lights: 'sysfs' }) + toLine({ stuck: ['yes'] }));
    await warned(true);
    lights.write(toLine({ stuck: [] }));
    await warned(false);
  });

  it('begins no visit without the camera light where it is required, and one once that is there', async () => {
    await begin('[panel]\nlights = "off"\n[lights]\nrequired = true\n');
    assert.equal((await counter.scene('unavailable')).fault, 'light-failed');
    const none = await attach();
    none.resume().end(toLine({ lights: 'absent' }));
    await once(none, 'close');
    new StandIn(await attach(), bench, obedient);
    await counter.goTo('before-photograph');
  });
});
