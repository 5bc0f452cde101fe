import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readLines } from '../../appliance/json-lines.js';
import { inheritedSocket } from '../../appliance/systemd/inherited-socket.js';
import { view } from '../../appliance/panel/view.js';
import { connected, program } from '../../hardware-tests/counter/counter.js';

describe("the panels' socket as a unit of systemd", () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-socket-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is taken over, and the lights are left to their unit', async () => {
    const path = join(folder, 'handed.sock');
    const core = spawn(
      'systemd-socket-activate',
      [`--listen=${path}`, process.execPath, program, 'run', '--state', folder],
      { stdio: 'ignore' },
    );
    const ended = once(core, 'exit') as Promise<[number]>;
    try {
      const socket = await connected(path);
      for await (const line of readLines(socket, view, 65_536)) {
        assert.ok(line.ok);
        if (line.value.scene.name === 'starting') continue;
        assert.doesNotMatch(commandsUnder(core.pid!), /lights/);
        break;
      }
      socket.destroy();
      assert.ok(!existsSync(join(folder, 'panel.sock')));
    } finally {
      core.kill('SIGTERM');
    }
    assert.deepEqual((await ended)[0], 0);
    // It is systemd's, which hands it to the next core.
    assert.ok(existsSync(path));
  });

  it('is handed to the process that is named, and to no child of it', () => {
    assert.equal(inheritedSocket({ LISTEN_PID: '7', LISTEN_FDS: '1' }, 7), 3);
    assert.equal(inheritedSocket({ LISTEN_PID: '7', LISTEN_FDS: '1' }, 8), undefined);
    assert.equal(inheritedSocket({ LISTEN_PID: '7', LISTEN_FDS: '2' }, 7), undefined);
    assert.equal(inheritedSocket({}, 7), undefined);
  });
});

/** The command lines of a process's children: proc(5). */
function commandsUnder(pid: number): string {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children.map((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8')).join('\n');
}
