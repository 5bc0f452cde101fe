import assert from 'node:assert/strict';
import { setImmediate as settle } from 'node:timers/promises';

import { StickWatch } from '../../appliance/core/stick-watch.js';

describe('the checks of sticks', () => {
  let log: string[];
  let ends: (() => void)[];
  let sticks: StickWatch;
  beforeEach(() => {
    log = [];
    ends = [];
    sticks = new StickWatch(async () => {
      log.push('check');
      await new Promise<void>((resolve) => ends.push(resolve));
      log.push('checked');
    });
  });
  const end = async () => {
    ends.shift()?.();
    await settle();
  };

  it('run once more, and only once, after changes during a check', async () => {
    sticks.check();
    sticks.check();
    sticks.check();
    await end();
    await end();
    assert.deepEqual(log, ['check', 'checked', 'check', 'checked']);
    sticks.check();
    assert.equal(log.length, 5);
  });

  it('wait for a job, and run after it', async () => {
    sticks.check();
    let done!: () => void;
    const job = sticks.exclusively(async () => {
      log.push('job');
      await new Promise<void>((resolve) => (done = resolve));
      log.push('job done');
      return 'the answer';
    });
    sticks.check();
    await settle();
    await end();
    sticks.check();
    await settle();
    assert.deepEqual(log, ['check', 'checked', 'job']);
    done();
    assert.equal(await job, 'the answer');
    await settle();
    assert.deepEqual(log.slice(3), ['job done', 'check']);
  });

  it('do not run between two jobs, which run one after the other', async () => {
    const done: (() => void)[] = [];
    const job = (name: string) =>
      sticks.exclusively(async () => {
        log.push(`begins ${name}`);
        await new Promise<void>((resolve) => done.push(resolve));
        log.push(`ends ${name}`);
      });
    const jobs = [job('one'), job('two')];
    await settle();
    assert.deepEqual(log, ['begins one']);
    done.shift()!();
    await settle();
    sticks.check();
    await settle();
    assert.deepEqual(log.slice(1), ['ends one', 'begins two']);
    done.shift()!();
    await Promise.all(jobs);
    assert.deepEqual(log.slice(3), ['ends two', 'check']);
  });

  it('run after a job that failed', async () => {
    await assert.rejects(
      sticks.exclusively(() => Promise.reject(new Error('a bug'))),
      /a bug/,
    );
    assert.deepEqual(log, ['check']);
  });
});
