import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { toLine } from '../../appliance/json-lines.js';
import { vaultProgram } from '../../appliance/vault-client/child.js';
import type { Message } from '../../appliance/protocol/vault.js';
import { waitUntilEmpty } from '../../appliance/vault-client/unit.js';
import { startDeviceFinder, startVault } from '../../appliance/vault-client/start-vault.js';

// A control group with the file that cgroup-v2.rst (the kernel's documentation) describes. The real one is watched in
// the booted guest of hardware-tests/, where systemd runs the vaults.
describe('the erasure of a vault that systemd started', () => {
  let group: string;
  const populated = (value: string) =>
    writeFileSync(join(group, 'cgroup.events'), `populated ${value}\nfrozen 0\n`);

  beforeEach(() => (group = mkdtempSync(join(tmpdir(), 'terashi-cgroup-'))));
  afterEach(() => rmSync(group, { recursive: true, force: true }));

  it('is proven by a group without a process', async () => {
    populated('0');
    assert.deepEqual(await waitUntilEmpty(group, 50), { ok: true, value: undefined });
  });

  it('is proven by a group that is gone', async () => {
    assert.deepEqual(await waitUntilEmpty(join(group, 'gone'), 50), { ok: true, value: undefined });
  });

  it('is not proven by a group that is gone where nothing lists its like', async () => {
    assert.deepEqual(await waitUntilEmpty(join(group, 'no-slice', 'gone'), 50), {
      ok: false,
      error: 'erasure-unproven',
    });
  });

  it('waits for the last process', async () => {
    populated('1');
    const empty = waitUntilEmpty(group, 5000);
    setTimeout(() => populated('0'), 30);
    assert.deepEqual(await empty, { ok: true, value: undefined });
  });

  it('is not proven while a process is left, nor by what cannot be read', async () => {
    populated('1');
    assert.deepEqual(await waitUntilEmpty(group, 50), { ok: false, error: 'erasure-unproven' });
    writeFileSync(join(group, 'cgroup.events'), 'nonsense\n');
    assert.deepEqual(await waitUntilEmpty(group, 50), { ok: false, error: 'erasure-unproven' });
  });
});

describe('a vault behind a socket', () => {
  let folder: string;
  let server: Server | undefined;
  const known = process.env.TERASHI_VAULT_SOCKET;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-socket-'))));
  afterEach(() => {
    if (known === undefined) delete process.env.TERASHI_VAULT_SOCKET;
    else process.env.TERASHI_VAULT_SOCKET = known;
    server?.close();
    rmSync(folder, { recursive: true });
  });

  /** A vault that was not started as an instance of its unit, and says this as soon as it is reached. */
  async function vaultThatSays(message: Message): Promise<void> {
    const socket = join(folder, 'vault.sock');
    server = createServer((door) => door.on('error', () => undefined).write(toLine(message)));
    await once(server.listen(socket), 'listening');
    process.env.TERASHI_VAULT_SOCKET = socket;
  }

  it('is not seen to be gone when it was ready and named no unit', async () => {
    await vaultThatSays({
      is: 'ready',
      model: 'stand-in',
      modelHash: '0'.repeat(64),
      threshold: 0.45,
      bounds: [],
      golden: { ppm: 0, whole: true },
    });
    const vault = await startVault();
    assert.ok(vault.ok);
    assert.deepEqual(await vault.value.erase(), { ok: false, error: 'erasure-unproven' });
  });

  it('was never asked for a picture when it was never ready', async () => {
    await vaultThatSays({ is: 'alive' });
    const looker = await startDeviceFinder();
    assert.ok(looker.ok);
    assert.deepEqual(await looker.value.erase(), { ok: true, value: undefined });
  });

  it('is lost, and no more than that, when it is killed with something unread', async () => {
    const socket = join(folder, 'vault.sock');
    server = createServer({ pauseOnConnect: true }, (door) => setTimeout(() => door.destroy(), 50));
    await once(server.listen(socket), 'listening');
    process.env.TERASHI_VAULT_SOCKET = socket;
    assert.deepEqual(await startVault(), { ok: false, error: 'vault-died' });
  });

  it('is not to be had where nobody listens', async () => {
    process.env.TERASHI_VAULT_SOCKET = join(folder, 'nobody.sock');
    assert.deepEqual(await startVault(), { ok: false, error: 'vault-died' });
  });

  it('kills itself when the core hangs up with something unread', async () => {
    server = createServer({ pauseOnConnect: true });
    await once(server.listen(join(folder, 'vault.sock')), 'listening');
    const connection = connect(join(folder, 'vault.sock'));
    const [door] = (await once(server, 'connection')) as [Socket];
    const vault = spawn(process.execPath, [vaultProgram.file], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', connection],
    });
    connection.destroy();
    const exit = once(vault, 'exit');
    // Long enough to have said that it is alive.
    await wait(1000);
    door.destroy();
    assert.deepEqual(await exit, [null, 'SIGKILL']);
  });
});
