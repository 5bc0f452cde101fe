import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { configOf } from '../../../image/os/raspberry-pi/raspberry-pi.js';
import { run } from '../../../hardware-tests/counter/run.js';
import { layRoot } from './root.js';

describe('the watchdog of a box', () => {
  const root = mkdtempSync(join(tmpdir(), 'terashi-watchdog-'));
  after(() => rmSync(root, { recursive: true }));

  /** In seconds, as systemd reads it below a root. */
  async function seconds(setting: string): Promise<number> {
    const { stdout } = await run('systemd-analyze', ['cat-config', `--root=${root}`, 'systemd/system.conf']);
    const [, span] = new RegExp(`^${setting}=(.+)$`, 'm').exec(stdout) ?? assert.fail(`no ${setting}`);
    const read = await run('systemd-analyze', ['timespan', span]);
    return Number(/μs: (\d+)/.exec(read.stdout)?.[1]) / 1e6;
  }

  it('is armed by systemd, on a Raspberry Pi too, whose kernels before 6.8 refuse more than 15 seconds', async () => {
    layRoot('raspberry-pi', root);
    assert.match(configOf('a'), /^dtparam=watchdog=on$/m);
    // systemd, issue 27427: a value that is refused arms nothing.
    const armed = await seconds('RuntimeWatchdogSec');
    assert.ok(armed > 0 && armed <= 15, String(armed));
  });

  it('also ends a restart that hangs', async () => {
    layRoot('uefi', root);
    assert.ok((await seconds('RebootWatchdogSec')) > 0);
  });
});
