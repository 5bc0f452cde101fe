import assert from 'node:assert/strict';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { Counter } from '../../hardware-tests/counter/counter.js';
import { familyOf, runsIn, runsOf } from './memory.js';

/** The claim about the whole machine is `npm run remnants`, in an emulated box; this is about the appliance's processes. */
describe('the memory of the appliance', function () {
  this.timeout(300_000);

  it("After a visit no pixel, template or landmark is in the machine's memory", async function () {
    // Only root reads the memory of a process that made itself undumpable.
    if (process.getuid?.() !== 0) this.skip();
    const runs = [
      ...(await runsOf(join(installation.practice, 'card.png'), 12)),
      ...(await runsOf(join(installation.practice, 'camera', '01.jpg'), 12)),
    ];
    assert.equal(runs.length, 24);
    const counter = await Counter.open();
    try {
      await counter.goTo('result');
      const during = Math.max(...counter.vaults().map((vault) => runsIn(vault, runs)));
      assert(during > 0, 'the search finds the pictures while they are there');
      await counter.press('cancel');
      await counter.scene('erased');
      for (const pid of familyOf(counter.core.pid!))
        assert.equal(runsIn(pid, runs), 0, `process ${pid} holds a part of a picture`);
    } finally {
      await counter.close();
    }
  });
});
