import assert from 'node:assert/strict';
import { setImmediate as settle } from 'node:timers/promises';

import { StickWatch } from '../../appliance/core/stick-watch.js';

describe('whoever looks at sticks', () => {
  let story: string[];
  let ends: (() => void)[];
  let sticks: StickWatch;
  beforeEach(() => {
    story = [];
    ends = [];
    sticks = new StickWatch(async () => {
      story.push('looks');
      await new Promise<void>((resolve) => ends.push(resolve));
      story.push('has looked');
    });
  });
  const end = async () => {
    ends.shift()?.();
    await settle();
  };

  it('looks once more, and no more than that, where something came while it looked', async () => {
    sticks.check();
    sticks.check();
    sticks.check();
    await end();
    await end();
    assert.deepEqual(story, ['looks', 'has looked', 'looks', 'has looked']);
    sticks.check();
    assert.equal(story.length, 5);
  });

  it('lets a stick alone while something is done with it, and looks afterwards', async () => {
    sticks.check();
    let done!: () => void;
    const work = sticks.exclusively(async () => {
      story.push('works');
      await new Promise<void>((resolve) => (done = resolve));
      story.push('has worked');
      return 'the answer';
    });
    sticks.check();
    await settle();
    await end();
    sticks.check();
    await settle();
    assert.deepEqual(story, ['looks', 'has looked', 'works']);
    done();
    assert.equal(await work, 'the answer');
    await settle();
    assert.deepEqual(story.slice(3), ['has worked', 'looks']);
  });

  it('does one thing after the other, and does not look between them', async () => {
    const done: (() => void)[] = [];
    const work = (name: string) =>
      sticks.exclusively(async () => {
        story.push(`begins ${name}`);
        await new Promise<void>((resolve) => done.push(resolve));
        story.push(`ends ${name}`);
      });
    const works = [work('one'), work('two')];
    await settle();
    assert.deepEqual(story, ['begins one']);
    done.shift()!();
    await settle();
    sticks.check();
    await settle();
    assert.deepEqual(story.slice(1), ['ends one', 'begins two']);
    done.shift()!();
    await Promise.all(works);
    assert.deepEqual(story.slice(3), ['ends two', 'looks']);
  });

  it('looks again also where what was done failed', async () => {
    await assert.rejects(
      sticks.exclusively(() => Promise.reject(new Error('a bug'))),
      /a bug/,
    );
    assert.deepEqual(story, ['looks']);
  });
});
