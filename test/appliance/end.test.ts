import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { installation } from '../../appliance/installation.js';
import { Counter } from '../../hardware-tests/counter/counter.js';

const practice = (name: string) => join(installation.practice, name);

describe('an appliance that is told to end', () => {
  it('ends although a vault is still loading, and takes that along', async () => {
    const pictures = ['--document', practice('card.png'), '--camera', practice('camera')];
    const counter = await Counter.open(pictures);
    try {
      while (counter.vaults().length === 0) await wait(5);
      const [vault] = counter.vaults();
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
