import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readLines, toLine } from '../../appliance/json-lines.js';
import { doors } from '../../appliance/panel/link.js';
import { inheritedSockets } from '../../appliance/systemd/inherited-sockets.js';
import { view } from '../../appliance/panel/view.js';
import { connected, program } from '../../hardware-tests/counter/counter.js';

describe("the panels' sockets as units of systemd", () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-socket-'));
  after(() => rmSync(folder, { recursive: true }));

  it('are taken over, each for its own door, and the lights are left to their unit', async () => {
    const path = (name: string) => join(folder, `${name}.handed`);
    const core = spawn(
      'systemd-socket-activate',
      [
        // Not in the order of the doors: what counts is the name.
        ...['doctor', 'lights', 'screen'].map((name) => `--listen=${path(name)}`),
        '--fdname=doctor:lights:screen',
        ...[process.execPath, program, 'run', '--state', folder],
      ],
      { stdio: 'ignore' },
    );
    const ended = once(core, 'exit') as Promise<[number]>;
    try {
      const socket = await connected(path('screen'));
      for await (const line of readLines(socket, view, 65_536)) {
        assert.ok(line.ok);
        if (line.value.scene.name === 'starting') continue;
        assert.doesNotMatch(commandsUnder(core.pid!), /lights/);
        break;
      }
      socket.destroy();
      assert.ok(!existsSync(join(folder, 'panel.sock')));
      for (const [door, message] of [
        ['screen', { lights: 'sysfs' }],
        ['screen', { press: 'quit' }],
        ['lights', { screen: 'here' }],
        ['doctor', { lights: 'sysfs' }],
        ['doctor', { press: 'enter' }],
      ] as const) {
        const other = await connected(path(door));
        other.resume().write(toLine(message));
        await once(other, 'close');
      }
    } finally {
      core.kill('SIGTERM');
    }
    assert.deepEqual((await ended)[0], 0);
    // It is systemd's, which hands it to the next core.
    for (const door of doors) assert.ok(existsSync(path(door)));
  });

  it('are handed to the process that is named, and to no child of it', () => {
    const passed = { LISTEN_PID: '7', LISTEN_FDS: '3', LISTEN_FDNAMES: 'lights:screen:doctor' };
    assert.deepEqual(inheritedSockets(doors, passed, 7), { lights: 3, screen: 4, doctor: 5 });
    assert.equal(inheritedSockets(doors, passed, 8), undefined);
    assert.equal(inheritedSockets(doors, { ...passed, LISTEN_FDNAMES: 'lights:screen' }, 7), undefined);
    assert.equal(inheritedSockets(doors, {}, 7), undefined);
  });
});

/** The command lines of a process's children: proc(5). */
function commandsUnder(pid: number): string {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children.map((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8')).join('\n');
}
