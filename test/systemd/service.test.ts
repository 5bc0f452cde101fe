import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';

import { openNotify } from '../../appliance/systemd/notify.js';
import { watchdogIntervalMs, Service } from '../../appliance/systemd/service.js';
import { startVault } from '../../appliance/vault-client/start-vault.js';
import { vaultsResponsive } from '../../appliance/vault-client/vault-connection.js';
import { program } from '../../hardware-tests/counter/counter.js';
import { Listener } from './listener.js';

describe('a systemd service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-notify-'));
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => mock.timers.reset());
  const path = join(folder, 'notify');

  for (const name of [path, `@terashi-test-${process.pid}`]) {
    it(`sends its state to ${name.replace(/[\d-]|.*\//g, '')}`, async () => {
      const listener = new Listener(name);
      try {
        const notify = await openNotify(name);
        assert(notify);
        notify('READY=1\nSTATUS=受付できます');
        assert.deepEqual(listener.heard(), ['READY=1\nSTATUS=受付できます']);
      } finally {
        listener.close();
        rmSync(path, { force: true });
      }
    });
  }

  it('sends nothing if nobody listens', async () => {
    assert.equal(await openNotify(undefined), undefined);
    assert.equal(await openNotify('vsock:2:9999'), undefined);
    assert.equal(await openNotify(`/${'x'.repeat(107)}`), undefined);
    const notify = await openNotify(join(folder, 'nobody'));
    assert.doesNotThrow(() => notify?.('READY=1'));
  });

  it('feeds the watchdog at half its timeout, if that is meant for this process', () => {
    assert.equal(watchdogIntervalMs({ WATCHDOG_USEC: '30000000' }, 7), 15_000);
    assert.equal(watchdogIntervalMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '7' }, 7), 15_000);
    assert.equal(watchdogIntervalMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '8' }, 7), undefined);
    for (const WATCHDOG_USEC of [undefined, '', '0', '-1', 'x', 'Infinity'])
      assert.equal(watchdogIntervalMs({ WATCHDOG_USEC }, 7), undefined);
  });

  it('reports ready once, feeds while it is responsive, and reports that it stops', () => {
    const sent: string[] = [];
    let responsive = true;
    mock.timers.enable({ apis: ['setInterval'] });
    const service = new Service(
      (state) => sent.push(state),
      5,
      () => responsive,
    );
    const fed = () => {
      const before = sent.length;
      mock.timers.tick(5);
      return sent.slice(before);
    };
    service.reportStatus('ready');
    service.reportStatus('ready');
    service.reportStatus('question');
    assert.deepEqual(fed(), ['WATCHDOG=1']);
    responsive = false;
    assert.deepEqual(fed(), []);
    responsive = true;
    assert.deepEqual(fed(), ['WATCHDOG=1']);
    service.reportStopping();
    assert.deepEqual(fed(), []);
    assert.deepEqual(
      sent.filter((each) => each !== 'WATCHDOG=1'),
      ['READY=1\nSTATUS=ready', 'STATUS=question', 'STOPPING=1'],
    );
    assert.equal(sent.at(-1), 'STOPPING=1');
  });

  it('is not responsive while a silent vault should be gone', async () => {
    assert.ok(vaultsResponsive(0));
    const file = join(import.meta.dirname, '..', 'vault-client', 'stand-ins', 'hangs.js');
    const vault = await startVault({}, { program: { file, hungAfterMs: 300 } });
    assert.ok(vault.ok);
    await vault.value.run({ do: 'compare' });
    assert.equal(await vault.value.lost, 'vault-hung');
    // The vault stays silent, so both hold on any computer, however slow.
    assert.ok(!vaultsResponsive(0));
    assert.ok(vaultsResponsive(Infinity));
    await vault.value.erase();
    assert.ok(vaultsResponsive(0));
  });

  it('is provided by a running appliance', async () => {
    const listener = new Listener(path);
    const core = spawn(process.execPath, [program, 'run', '--state', folder], {
      env: { ...process.env, NOTIFY_SOCKET: path, WATCHDOG_USEC: '100000' },
      stdio: 'ignore',
    });
    const ended = once(core, 'exit');
    try {
      const before = await listener.hear(/READY=1/);
      // The watchdog may have been fed meanwhile.
      const first = before.find((each) => each !== 'WATCHDOG=1');
      assert.match(first ?? '', /^READY=1\nSTATUS=(ready|unavailable)$/);
      await listener.hear(/WATCHDOG=1/);
      core.kill('SIGTERM');
      await listener.hear(/STOPPING=1/);
      await ended;
      assert.ok(!listener.heard().includes('WATCHDOG=1'));
    } finally {
      core.kill('SIGKILL');
      listener.close();
    }
  });
});
