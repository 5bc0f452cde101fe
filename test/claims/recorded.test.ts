import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AnyEntry } from '../../appliance/record/entry.js';
import { Counter, removeState, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';

/**
 * Which visit each line tells of, counted from 1, and whether it begins it, ends it, or closes it as interrupted. The year of a
 * number is that of the box's zone, and may change while the test runs.
 */
function told(state: string): string[] {
  const entries = readFileSync(join(state, 'records.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AnyEntry);
  const visits = [...new Set(entries.map(({ number }) => number))];
  return entries.map((each) => `${visits.indexOf(each.number) + 1} ${'kind' in each ? each.kind : 'ended'}`);
}

describe('a box whose power is pulled', function () {
  this.timeout(300_000);

  let state: string;
  beforeEach(() => (state = stateFolder()));
  afterEach(() => removeState(state));

  /** Begins a visit, and ends the core at this scene as a power cut does. */
  async function pullAt(scene: 'notice' | 'result'): Promise<void> {
    const counter = await Counter.open([], state);
    await counter.goTo(scene);
    counter.core.kill('SIGKILL');
    await once(counter.core, 'exit');
    counter.panel.destroy();
  }

  it('No visit goes unrecorded', async () => {
    await pullAt('result');
    assert.deepEqual(told(state), ['1 begun']);
    await pullAt('notice');
    assert.deepEqual(told(state), ['1 begun', '1 interrupted', '2 begun']);
    const counter = await Counter.open([], state);
    await counter.waitFor(({ interrupted }) => interrupted !== undefined, 'word of the interrupted visit');
    counter.core.kill('SIGTERM');
    await once(counter.core, 'exit');
    counter.panel.destroy();
    assert.equal(told(state).at(-1), '2 interrupted');
    const { code } = await terashi(['records', 'verify', join(state, 'records.jsonl')]);
    assert.equal(code, 0);
  });
});
