import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { program, stateFolder } from '../../hardware-tests/counter/counter.js';

const server = `terashi-test-${process.pid}`;
const tmux = (...args: string[]) =>
  execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], { encoding: 'utf8' });
const shown = () => tmux('capture-pane', '-p');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(50);
}

describe('the appliance on a terminal', () => {
  const state = stateFolder();
  const socket = join(state, 'panel.sock');

  before(() => {
    tmux('new-session', '-d', '-x', '80', '-y', '24', `${process.execPath} ${program} run --state ${state}`);
    return until(() => shown().includes('受付できます'));
  });
  after(() => {
    spawnSync('tmux', ['-L', server, 'kill-server'], { stdio: 'ignore' });
    rmSync(state, { recursive: true });
  });

  it('is led through a visit by its keys, in either language', async () => {
    for (const [key, words] of [
      ['Enter', 'どの確認をしますか'],
      ['Enter', '来庁者に読み上げてください'],
      ['Enter', 'カードを置いてください'],
      ['l', 'Place the card'],
      ['Enter', 'The visitor is photographed next'],
    ] as const) {
      await wait(350);
      tmux('send-keys', key);
      await until(() => shown().includes(words));
    }
    assert.match(shown(), /PRACTICE/);
  });

  it('draws its screen anew when that dies, and the visit goes on', async () => {
    const before = shown();
    execFileSync('pkill', ['-KILL', '-f', socket]);
    await until(() => shown() === before);
  });

  it('erases and records the visit when the terminal is closed', async () => {
    tmux('kill-server');
    await until(() => !existsSync(socket));
    const [record = ''] = readFileSync(join(state, 'records.jsonl'), 'utf8').split('\n');
    assert.equal((JSON.parse(record) as { outcome: string }).outcome, 'cancelled');
  });
});
