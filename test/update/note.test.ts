import assert from 'node:assert/strict';

import { trialOf } from '../../appliance/update/note.js';

describe('the note of an installation', () => {
  const version = '0.2.0';
  const [before, now] = ['1d2e3f40-boot', '5a6b7c8d-boot'];
  const old = { version: '0.1.0', bootId: now };
  const failed = { is: 'returned', version, why: 'self-test-failed' } as const;

  it('means a trial if the new version runs', () => {
    const here = { version, bootId: now };
    assert.equal(trialOf(undefined, here), undefined);
    for (const is of ['installing', 'trial'] as const)
      for (const note of [{ is, version, bootId: before } as const, { is, version } as const])
        assert.deepEqual(trialOf(note, here), { is: 'under-way', version }, is);
    assert.deepEqual(trialOf(failed, here), { is: 'under-way', version });
  });

  it('tells why the old version runs after a restart', () => {
    assert.deepEqual(trialOf(failed, old), failed);
    // The new slot starts only once it is whole, and a cut before that leaves the old one.
    for (const [is, why] of [
      ['trial', 'did-not-start'],
      ['installing', 'interrupted'],
    ] as const)
      for (const note of [{ is, version, bootId: before } as const, { is, version } as const])
        assert.deepEqual(trialOf(note, old), { is: 'returned', version, why });
  });

  it('means a pending restart in the boot of the installation', () => {
    assert.deepEqual(trialOf({ is: 'trial', version, bootId: now }, old), { is: 'installed', version });
    assert.equal(trialOf({ is: 'installing', version, bootId: now }, old), undefined);
  });
});
