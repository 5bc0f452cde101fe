import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { writeCommand } from '../../../image/package/tree.js';

describe('the command on a box', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-command-test-'));
  after(() => rmSync(folder, { recursive: true }));

  const socketOf = (unit: string): string => {
    const text = readFileSync(join(installation.root, 'systemd', `terashi-${unit}.socket`), 'utf8');
    return /^ListenStream=(.+)$/m.exec(text)![1];
  };

  it('leaves Node the variables that the units leave it', async () => {
    await writeCommand(folder);
    const unit = readFileSync(join(installation.root, 'systemd', 'terashi.service'), 'utf8');
    const inUnit = [...unit.matchAll(/^UnsetEnvironment=(.+)$/gm)].flatMap(([, names]) => names.split(' '));
    const [, inCommand] = /^unset (.+)$/m.exec(readFileSync(join(folder, 'terashi'), 'utf8'))!;
    assert.deepEqual(inCommand.split(' '), inUnit);
  });

  it('reaches the programs for sticks through the sockets of systemd', async () => {
    await writeCommand(folder);
    const command = join(folder, 'terashi');
    assert.equal(statSync(command).mode & 0o777, 0o755);
    const set = Object.fromEntries(
      [...readFileSync(command, 'utf8').matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    assert.deepEqual(set, {
      NODE_OPTIONS: '--disable-sigusr1',
      STATE_DIRECTORY: '/var/lib/terashi:/var/lib/terashi/head',
      RUNTIME_DIRECTORY: '/run/terashi',
      TERASHI_UPDATE_SOCKET: socketOf('update'),
      TERASHI_EXPORT_SOCKET: socketOf('export'),
    });
  });
});
