import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { toLine } from '../../appliance/json-lines.js';
import { vaultProgram } from '../../appliance/vault-client/child.js';
import type { Message } from '../../appliance/protocol/vault.js';
import { VaultUnits } from '../../appliance/vault-client/vault-units.js';
import { startDeviceFinder, startVault } from '../../appliance/vault-client/start-vault.js';
import { restoreEnvironment } from '../environment.js';
import { readyMessage } from './stand-ins/ready-message.js';

// Stand-ins for control groups, after the kernel's cgroup-v2.rst. The booted guest of hardware-tests/ has real ones.
describe('the erasure of a vault that systemd started', () => {
  const proven = { ok: true, value: undefined };
  const unproven = { ok: false, error: 'erasure-unproven' };
  let slice: string;
  let units: VaultUnits;
  const fill = (unit: string, populated: string) => {
    mkdirSync(join(slice, unit), { recursive: true });
    writeFileSync(join(slice, unit, 'cgroup.events'), `populated ${populated}\nfrozen 0\n`);
  };
  /** A connection at which systemd starts this unit a moment later. */
  const startUnit = async (unit: string) => {
    const ended = new Promise<void>(() => undefined);
    const started = await units.start(() => {
      setTimeout(() => fill(unit, '1'), 20);
      return Promise.resolve({ ended });
    });
    return started?.unit;
  };

  beforeEach(() => {
    slice = mkdtempSync(join(tmpdir(), 'terashi-cgroup-'));
    units = new VaultUnits(slice, 200);
  });
  afterEach(() => rmSync(slice, { recursive: true, force: true }));

  it('is proven by a group that is empty, or gone from its slice', async () => {
    assert.equal(await startUnit('one'), 'one');
    fill('one', '0');
    assert.deepEqual(await units.untilGone('one'), proven);
    await startUnit('two');
    rmSync(join(slice, 'two'), { recursive: true });
    assert.deepEqual(await units.untilGone('two'), proven);
  });

  it('is not proven by a group that is gone with its slice', async () => {
    await startUnit('one');
    rmSync(slice, { recursive: true });
    assert.deepEqual(await units.untilGone('one'), unproven);
  });

  it('waits for the last process', async () => {
    await startUnit('one');
    setTimeout(() => fill('one', '0'), 30);
    assert.deepEqual(await units.untilGone('one'), proven);
  });

  it('is not proven while a process is left, nor by an unreadable file', async () => {
    await startUnit('one');
    assert.deepEqual(await units.untilGone('one'), unproven);
    fill('one', 'nonsense');
    assert.deepEqual(await units.untilGone('one'), unproven);
  });

  it('lets the spare live, whose connection is open', async () => {
    await startUnit('visit');
    await startUnit('spare');
    rmSync(join(slice, 'visit'), { recursive: true });
    assert.deepEqual(await units.untilGone('visit'), proven);
  });

  it('is not proven while any other vault lives: one left by an earlier core, or one that was erased before', async () => {
    fill('left-behind', '1');
    await startUnit('visit');
    rmSync(join(slice, 'visit'), { recursive: true });
    assert.deepEqual(await units.untilGone('visit'), unproven);
    rmSync(join(slice, 'left-behind'), { recursive: true });
    await startUnit('stays');
    assert.deepEqual(await units.untilGone('stays'), unproven);
    await startUnit('next');
    rmSync(join(slice, 'next'), { recursive: true });
    assert.deepEqual(await units.untilGone('next'), unproven);
  });

  it('gives each of two connections at once its own unit', async () => {
    assert.deepEqual(await Promise.all(['one', 'two', 'three'].map(startUnit)), ['one', 'two', 'three']);
  });

  it('knows no unit where none came up before the connection closed', async () => {
    fill('other', '1');
    const started = await units.start(() => Promise.resolve({ ended: Promise.resolve() }));
    assert.equal(await started?.unit, undefined);
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

  it('cannot prove its erasure if it was ready and systemd started no unit for it', async () => {
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
