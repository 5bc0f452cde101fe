import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AnyEntry } from '../../appliance/record/entry.js';
import { Counter, removeState, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';

/** The number of each line, and whether it begins a visit, ends it, or closes it as interrupted. */
function told(state: string): string[] {
  return readFileSync(join(state, 'records.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AnyEntry)
    .map((each) => `${each.number} ${'kind' in each ? each.kind : 'ended'}`);
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
    assert.deepEqual(told(state), ['2026-0001 begun'].map(thisYear));
    await pullAt('notice');
    assert.deepEqual(
      told(state),
      ['2026-0001 begun', '2026-0001 interrupted', '2026-0002 begun'].map(thisYear),
    );
    const counter = await Counter.open([], state);
    await counter.waitFor(({ interrupted }) => interrupted !== undefined, 'word of the interrupted visit');
    counter.core.kill('SIGTERM');
    await once(counter.core, 'exit');
    counter.panel.destroy();
    assert.equal(told(state).at(-1), thisYear('2026-0002 interrupted'));
    const { code } = await terashi(['records', 'verify', join(state, 'records.jsonl')]);
    assert.equal(code, 0);
  });
});

/** The same number in the year in which the test runs. */
const thisYear = (line: string): string => line.replace('2026', String(new Date().getFullYear()));
