import assert from 'node:assert/strict';

import { trialOf } from '../../appliance/update/note.js';

describe('what an installation left before the restart', () => {
  it('tells by the version that runs whether the new one is on trial, or why it is not', () => {
    const version = '0.2.0';
    const [failed, why] = [{ is: 'returned', version, why: 'self-test-failed' } as const, 'self-test-failed'];
    assert.equal(trialOf(undefined, version), undefined);
    for (const note of [{ is: 'installing', version }, { is: 'trial', version }, failed] as const)
      assert.deepEqual(trialOf(note, version), { is: 'under-way', version }, note.is);
    assert.deepEqual(trialOf(failed, '0.1.0'), { is: 'returned', version, why });
    assert.deepEqual(trialOf({ is: 'trial', version }, '0.1.0'), {
      is: 'returned',
      version,
      why: 'did-not-start',
    });
    // The new slot starts only once it is whole, and a cut before that leaves the old one.
    assert.deepEqual(trialOf({ is: 'installing', version }, '0.1.0'), {
      is: 'returned',
      version,
      why: 'interrupted',
    });
  });
});
