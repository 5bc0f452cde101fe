import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { Counter } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';

const practice = (name: string) => join(installation.practice, name);

describe('an appliance that is told to end', () => {
  it('ends although a vault is still loading, and takes that along', async () => {
    const pictures = ['--document', practice('card.png'), '--camera', practice('camera')];
    const counter = await Counter.open(pictures);
    try {
      const vault = await until('a vault', () => counter.vaults().at(0), { intervalMs: 5 });
      // It loads for as long as the test wants.
      process.kill(vault, 'SIGSTOP');
      counter.core.kill('SIGTERM');
      assert.deepEqual(await once(counter.core, 'exit'), [0, null]);
      assert.throws(() => process.kill(vault, 0), { code: 'ESRCH' });
    } finally {
      await counter.close();
    }
  });
});
