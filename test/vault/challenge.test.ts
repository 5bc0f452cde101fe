import assert from 'node:assert/strict';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { startVault } from '../../appliance/vault-client/start-vault.js';
import type { TaskProgress } from '../../appliance/vault-client/vault.js';

describe('a challenge in the vault', function () {
  this.timeout(120_000);

  it('asks a photograph that is held still to blink and turn, and does not pass it', async () => {
    const vault = await startVault();
    assert.ok(vault.ok);
    const asked = new Set<string>();
    const hear = (news: TaskProgress) => {
      if (news.is === 'guidance') asked.add(news.instruction);
    };
    try {
      const pictures = join(installation.practice, 'camera', '20.jpg');
      const end = await vault.value.run(
        { do: 'photograph', camera: { kind: 'replay', pictures }, challenge: true },
        hear,
      );
      assert.ok(end.ok && end.value.is === 'taken');
      assert.deepEqual(end.value.cues, { ...end.value.cues, relief: 'not-made', blink: 'failed' });
      assert.ok(asked.has('blink'));
      assert.equal([...asked].filter((instruction) => instruction.startsWith('turn-')).length, 1);
      // The pictures themselves were fine: what the challenge is worth is the core's to say.
      assert.equal(end.value.usable, true);
    } finally {
      await vault.value.erase();
    }
  });
});
