import assert from 'node:assert/strict';
import { join } from 'node:path';

import { removeState, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';
import { writeEntries } from '../record/scratch.js';

describe('terashi records show and summary', () => {
  const state = stateFolder();
  const file = join(state, 'records.jsonl');
  // In every time zone of this year.
  before(() => writeEntries(file, 30, () => new Date('2026-07-01T12:00:00Z')));
  after(() => removeState(state));

  it('show one number, or the last lines, in words and as JSON', async () => {
    const one = await terashi(['records', 'show', '2026-0002', file]);
    assert.equal(one.code, 0);
    assert.match(one.stdout, /^2026-0002 .* verified .*0\.01.*0\.45.*too-dark\n$/);
    assert.equal((await terashi(['records', 'show', file])).stdout.trimEnd().split('\n').length, 20);
    const { stdout } = await terashi(['records', 'show', '--last', '3', file, '--json']);
    const { records } = JSON.parse(stdout) as { records: { number: string }[] };
    assert.deepEqual(
      records.map(({ number }) => number),
      [28, 29, 30].map((serial) => `2026-00${serial}`),
    );
  });

  it('say that there is no such number or file, and refuse what is no count', async () => {
    assert.equal((await terashi(['records', 'show', '1999-0001', file])).code, 1);
    assert.equal((await terashi(['records', 'summary', join(state, 'none.jsonl')])).code, 2);
    for (const count of ['0', '-1', 'x', '1e9'])
      assert.equal((await terashi(['records', 'show', `--last=${count}`, file])).code, 2, count);
  });

  it('count by month', async () => {
    const { code, stdout } = await terashi(['records', 'summary', file, '--json']);
    assert.equal(code, 0);
    const { months } = JSON.parse(stdout) as { months: { visits: number }[] };
    assert.equal(
      months.reduce((sum, { visits }) => sum + visits, 0),
      30,
    );
    assert.match(
      (await terashi(['records', 'summary', file])).stdout,
      /来庁 \d+ 件 \/ \d+ visits\n +\d+ {2}照合して交付/,
    );
  });
});
