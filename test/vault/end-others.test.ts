import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { listProcesses } from '../../appliance/processes.js';
import { ok } from '../../appliance/result.js';
import { installation } from '../../appliance/installation.js';
import { endOthers, othersIn, unitOf } from '../../appliance/vault/end-others.js';
import { openCamera } from '../../appliance/vault/open-camera.js';
import { until } from '../../hardware-tests/counter/until.js';

const notEnded = { ok: false, error: 'driver-not-ended' } as const;

describe('the other processes of a vault', () => {
  it('are those of its unit’s control group (cgroups(7)), if it has one', () => {
    const unit = '/system.slice/system-terashi\\x2dvault.slice/terashi-vault@7-412-995.service';
    assert.equal(unitOf(`0::${unit}\n`), unit);
    assert.equal(unitOf(`1:name=systemd:${unit}\n0::${unit}\n`), unit);
    for (const group of ['/', '/user.slice/user-1000.slice/session-2.scope', '/system.slice/terashi.service'])
      assert.equal(unitOf(`0::${group}\n`), undefined);
  });

  it('cannot be made sure to be gone where the kernel does not list them', async () => {
    assert.equal(othersIn('/nowhere/cgroup.procs'), undefined);
    assert.deepEqual(await endOthers(() => othersIn('/nowhere/cgroup.procs')), notEnded);
  });

  it('are not gone while one is listed, even one of elsewhere that has no number here', async () => {
    assert.deepEqual(await endOthers(() => [0], 20), notEnded);
  });

  it('are killed until none is listed', async () => {
    const sleeper = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const ended = once(sleeper, 'exit');
    const lives = () => listProcesses().filter(({ pid, alive }) => pid === sleeper.pid && alive);
    assert.deepEqual(await endOthers(() => lives().map(({ pid }) => pid)), ok());
    assert.deepEqual(await ended, [null, 'SIGKILL']);
  });

  it('are killed in a control group even where they left the process group', async function () {
    const group = controlGroup();
    if (group === undefined) this.skip();
    const procs = join(group, 'cgroup.procs');
    // A session of its own, and nobody waits for it: a daemon.
    const script = `echo $$ > ${procs}; setsid sleep 1000 & setsid sleep 1000 & exit`;
    const shell: ChildProcess = spawn('sh', ['-c', script], { stdio: 'ignore' });
    try {
      await once(shell, 'exit');
      await until('two daemons', () => othersIn(procs)?.length === 2);
      assert.deepEqual(await endOthers(() => othersIn(procs)), ok());
      assert.deepEqual(othersIn(procs), []);
    } finally {
      rmdirSync(group);
    }
  });
});

describe('a vault’s camera', () => {
  const replay = { kind: 'replay', pictures: join(installation.practice, 'camera') } as const;

  async function first(alone: Parameters<typeof openCamera>[1]) {
    const abort = new AbortController();
    for await (const frame of openCamera(replay, alone).frames(abort.signal)) return frame;
    return undefined;
  }

  it('opens only after the vault was found to be alone', async () => {
    let asked = 0;
    const frame = await first(() => {
      asked += 1;
      return Promise.resolve(ok());
    });
    assert(frame?.ok);
    assert.equal(asked, 1);
  });

  it('stays closed if it is not', async () => {
    assert.deepEqual(await first(() => Promise.resolve(notEnded)), notEnded);
  });
});

/** A control group of this test's own; undefined where none can be made. */
function controlGroup(): string | undefined {
  const root = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'].find((each) =>
    existsSync(join(each, 'cgroup.procs')),
  );
  if (root === undefined) return undefined;
  const group = join(root, `terashi-test-${process.pid}`);
  try {
    mkdirSync(group);
    writeFileSync(join(group, 'cgroup.procs'), '', { flag: 'a' });
    return group;
  } catch {
    return undefined;
  }
}
