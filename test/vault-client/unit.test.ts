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
import { restoreEnvironment } from '../environment.js';
import { readyMessage } from './stand-ins/ready-message.js';

// A stand-in for a control group, after the kernel's cgroup-v2.rst. The booted guest of hardware-tests/ has real ones.
describe('the erasure of a vault that systemd started', () => {
  let group: string;
  const populated = (value: string) =>
    writeFileSync(join(group, 'cgroup.events'), `populated ${value}\nfrozen 0\n`);

  beforeEach(() => (group = mkdtempSync(join(tmpdir(), 'terashi-cgroup-'))));
  afterEach(() => rmSync(group, { recursive: true, force: true }));

  it('is proven by an empty group', async () => {
    populated('0');
    assert.deepEqual(await waitUntilEmpty(group, 50), { ok: true, value: undefined });
  });

  it('is proven by a group that is gone', async () => {
    assert.deepEqual(await waitUntilEmpty(join(group, 'gone'), 50), { ok: true, value: undefined });
  });

  it('is not proven by a group that is gone with its slice', async () => {
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

  it('is not proven while a process is left, nor by an unreadable file', async () => {
    populated('1');
    assert.deepEqual(await waitUntilEmpty(group, 50), { ok: false, error: 'erasure-unproven' });
    writeFileSync(join(group, 'cgroup.events'), 'nonsense\n');
    assert.deepEqual(await waitUntilEmpty(group, 50), { ok: false, error: 'erasure-unproven' });
  });
});

describe('a vault behind a socket', () => {
  let folder: string;
  let server: Server | undefined;
  restoreEnvironment('TERASHI_VAULT_SOCKET');

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-socket-'))));
  afterEach(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  /** A vault that is no instance of the unit, and sends this message on each connection. */
  async function startSending(message: Message): Promise<void> {
    const socket = join(folder, 'vault.sock');
    server = createServer((end) => end.on('error', () => undefined).write(toLine(message)));
    await once(server.listen(socket), 'listening');
    process.env.TERASHI_VAULT_SOCKET = socket;
  }

  it('cannot prove its erasure if it was ready and named no unit', async () => {
    await startSending(readyMessage);
    const vault = await startVault();
    assert.ok(vault.ok);
    assert.deepEqual(await vault.value.erase(), { ok: false, error: 'erasure-unproven' });
  });

  it('needs no proof of erasure if it was never ready', async () => {
    await startSending({ is: 'alive' });
    const finder = await startDeviceFinder();
    assert.ok(finder.ok);
    assert.deepEqual(await finder.value.erase(), { ok: true, value: undefined });
  });

  it('is lost when it is killed with unread data', async () => {
    const socket = join(folder, 'vault.sock');
    server = createServer({ pauseOnConnect: true }, (end) => setTimeout(() => end.destroy(), 50));
    await once(server.listen(socket), 'listening');
    process.env.TERASHI_VAULT_SOCKET = socket;
    assert.deepEqual(await startVault(), { ok: false, error: 'vault-died' });
  });

  it('does not start if nobody listens', async () => {
    process.env.TERASHI_VAULT_SOCKET = join(folder, 'nobody.sock');
    assert.deepEqual(await startVault(), { ok: false, error: 'vault-died' });
  });

  it('kills itself when the core disconnects with unread data', async () => {
    server = createServer({ pauseOnConnect: true });
    await once(server.listen(join(folder, 'vault.sock')), 'listening');
    const connection = connect(join(folder, 'vault.sock'));
    const [end] = (await once(server, 'connection')) as [Socket];
    const vault = spawn(process.execPath, [vaultProgram.file], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', connection],
    });
    connection.destroy();
    const exit = once(vault, 'exit');
    // Time for a heartbeat, which nobody reads.
    await wait(1000);
    end.destroy();
    assert.deepEqual(await exit, [null, 'SIGKILL']);
  });
});
