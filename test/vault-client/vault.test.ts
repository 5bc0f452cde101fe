import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startVault } from '../../appliance/vault-client/start-vault.js';
import type { Vault } from '../../appliance/vault-client/vault.js';
import { until } from '../../hardware-tests/counter/until.js';

const standIn = (name: string) => ({
  file: join(import.meta.dirname, 'stand-ins', `${name}.js`),
  hungAfterMs: 1500,
});

async function started(name: string): Promise<Vault> {
  const vault = await startVault({}, { program: standIn(name) });
  assert(vault.ok);
  return vault.value;
}

/** The processes of a group that still have memory; zombies do not. */
function groupOf(group: number | undefined): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const [state, , its] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return its === String(group) && state !== 'Z';
    } catch {
      return false;
    }
  });
}

describe('a vault that misbehaves', () => {
  for (const [name, fault] of [
    ['dies', 'vault-died'],
    ['hangs', 'vault-hung'],
    ['babbles', 'vault-nonsense'],
    ['never-ends-its-line', 'vault-nonsense'],
  ] as const) {
    it(`is lost with ${fault}, fails its task and is erased: ${name}`, async () => {
      const vault = await started(name);
      const task = await vault.run({ do: 'compare' });
      assert.deepEqual(task, { ok: false, error: fault });
      assert.equal(await vault.lost, fault);
      assert.deepEqual(await vault.erase(), { ok: true, value: undefined });
      assert.deepEqual(groupOf(vault.pid), []);
    });
  }

  it('fails every task once it is lost', async () => {
    const vault = await started('dies');
    await vault.run({ do: 'compare' });
    assert.deepEqual(await vault.run({ do: 'find-devices' }), { ok: false, error: 'vault-died' });
    await vault.erase();
  });

  it('does not start if it ends before it is ready', async () => {
    assert.deepEqual(await startVault({}, { program: standIn('dies-at-once') }), {
      ok: false,
      error: 'vault-died',
    });
  });

  it('returns its own fault if it cannot start', async () => {
    assert.deepEqual(await startVault({}, { program: standIn('wrong-model') }), {
      ok: false,
      error: 'model-mismatch',
    });
  });
});

describe('erasure', () => {
  it('cancels the current task and those that wait', async () => {
    const vault = await started('leaves-children');
    const tasks = [vault.run({ do: 'compare' }), vault.run({ do: 'find-devices' })];
    await vault.erase();
    const cancelled = { ok: true, value: { is: 'cancelled' } };
    assert.deepEqual(await Promise.all([...tasks, vault.run({ do: 'compare' })]), Array(3).fill(cancelled));
  });

  it('kills what the vault started, even if that ignores signals', async () => {
    const vault = await started('leaves-children');
    await until('two children', () => groupOf(vault.pid).length >= 3);
    assert.deepEqual(await vault.erase(), { ok: true, value: undefined });
    assert.deepEqual(groupOf(vault.pid), []);
  });

  it('does not count as a loss', async () => {
    const vault = await started('leaves-children');
    let lost = false;
    void vault.lost.then(() => (lost = true));
    await vault.erase();
    await new Promise(setImmediate);
    assert.equal(lost, false);
  });
});
