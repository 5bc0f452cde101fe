import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { run } from '../../../hardware-tests/counter/run.js';
import { layRoot } from './root.js';

describe('the keyboard of a box with a card’s image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-keyboard-'));
  before(() => layRoot('uefi', folder));
  after(() => rmSync(folder, { recursive: true }));

  /** The settings that a program of systemd reads below a root. */
  async function settings(name: string): Promise<Record<string, string>> {
    const { code, stdout, stderr } = await run('systemd-analyze', ['cat-config', `--root=${folder}`, name]);
    assert.equal(code, 0, stderr);
    const lines = [...stdout.matchAll(/^-?([\w.]+) ?= ?(.*)$/gm)];
    return Object.fromEntries(lines.map(([, key, value]) => [key, value]));
  }

  const seal = readFileSync(join(installation.root, 'image', 'os', 'seal.sh'), 'utf8');
  const masked = /systemctl --quiet mask((?:[^\n]*\\\n)*[^\n]*)/.exec(seal)![1].split(/[\s\\]+/);

  it('restarts nothing by Ctrl-Alt-Del, however often that is pressed', async () => {
    assert.ok(masked.includes('ctrl-alt-del.target'));
    // Seven times within two seconds restart it past every unit: systemd-system.conf(5).
    assert.equal((await settings('systemd/system.conf')).CtrlAltDelBurstAction, 'none');
  });

  it('starts no login on another virtual terminal', async () => {
    for (const unit of ['getty.target', 'getty@.service', 'autovt@.service', 'debug-shell.service'])
      assert.ok(masked.includes(unit), unit);
    const { NAutoVTs, ReserveVT } = await settings('systemd/logind.conf');
    assert.deepEqual([NAutoVTs, ReserveVT], ['0', '0']);
  });

  it('has no key that puts the box to sleep or restarts it', async () => {
    const login = await settings('systemd/logind.conf');
    for (const key of ['Suspend', 'Hibernate', 'Reboot'])
      assert.equal(login[`Handle${key}Key`], 'ignore', key);
  });

  it('has no Magic SysRq', async () => {
    assert.equal((await settings('sysctl.d'))['kernel.sysrq'], '0');
  });
});

describe('the kernel of a box with a card’s image', () => {
  // Documentation/admin-guide/sysctl/{kernel,vm}.rst and LSM/Yama.rst of Linux; 3 of perf_event_paranoid is Debian's.
  const asked = {
    'kernel.yama.ptrace_scope': '3',
    'kernel.io_uring_disabled': '2',
    'kernel.unprivileged_bpf_disabled': '1',
    'vm.unprivileged_userfaultfd': '0',
    'kernel.perf_event_paranoid': '3',
  };
  const text = readFileSync(
    join(installation.root, 'image', 'os', 'root', 'etc', 'sysctl.d', 'terashi.conf'),
    'utf8',
  );

  it('keeps shut what programs were broken into by', () => {
    const set = Object.fromEntries(
      [...text.matchAll(/^-?([\w.]+) = (.*)$/gm)].map(([, key, value]) => [key, value]),
    );
    for (const [key, value] of Object.entries(asked)) assert.equal(set[key], value, key);
  });
});
