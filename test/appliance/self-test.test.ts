import assert from 'node:assert/strict';

import { checkName } from '../../appliance/health/check.js';
import { Counter } from '../../hardware-tests/counter/counter.js';

describe('the self-test of a running appliance', () => {
  let counter: Counter;
  afterEach(() => counter.close());

  it('is chosen with two keys, says of each check what came of it, and lets the next visit begin', async () => {
    counter = await Counter.open();
    await counter.scene('idle', 2);
    await counter.press('next');
    await counter.press('enter');
    await counter.scene('self-test');
    const { checks } = await counter.scene('self-tested');
    assert.deepEqual(
      checks.map(({ check }) => check),
      checkName.options,
    );
    assert.deepEqual(
      checks.filter(({ verdict }) => verdict === 'failed'),
      [],
    );
    assert.equal(counter.vaults().length, 1);
    await counter.press('enter');
    await counter.goTo('notice');
    assert.deepEqual(counter.records(), []);
  });

  it('is stopped by a key, and gives back what it took', async () => {
    counter = await Counter.open();
    await counter.scene('idle', 2);
    await counter.choose('self-test');
    await counter.scene('self-test');
    await counter.press('cancel');
    await counter.scene('idle');
    assert.equal(counter.vaults().length, 1);
  });

  it('takes a scanner that fails out of use until a self-test finds it well', async () => {
    counter = await Counter.open(['--document', '/nowhere/page.png']);
    await counter.scene('idle', 2);
    await counter.press('next');
    await counter.press('enter');
    const { checks } = await counter.scene('self-tested');
    const scanner = checks.find(({ check }) => check === 'scanner');
    assert.deepEqual([scanner?.verdict, scanner?.code], ['failed', 'scanner-failed']);
    await counter.press('enter');
    assert.deepEqual(await counter.scene('unavailable', 1), { name: 'unavailable', fault: 'scanner-failed' });
    await counter.press('enter');
    await counter.scene('self-test');
  });
});
