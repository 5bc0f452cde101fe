import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { program, removeState, stateFolder, visitsIn } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';

const server = `terashi-test-${process.pid}`;
const tmux = (...args: string[]) =>
  execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], { encoding: 'utf8' });
const shown = () => tmux('capture-pane', '-p');

const shows = (...words: string[]) =>
  until(words.join(' and '), () => words.every((each) => shown().includes(each)), {
    intervalMs: 50,
    seen: shown,
  });

/** Presses a key as a quick person does who has read the screen. */
async function press(key: string, read: string): Promise<void> {
  await shows(read);
  await wait(250);
  tmux('send-keys', key);
}

describe('the appliance on a terminal', () => {
  const state = stateFolder();
  const socket = join(state, 'panel.sock');

  const open = () =>
    tmux('new-session', '-d', '-x', '80', '-y', '24', `${process.execPath} ${program} run --state ${state}`);
  before(() => {
    open();
    return shows('受付できます');
  });
  after(() => {
    spawnSync('tmux', ['-L', server, 'kill-server'], { stdio: 'ignore' });
    removeState(state);
  });

  it('is led through a visit by its keys, in either language', async () => {
    for (const [key, read, words] of [
      ['Enter', '► 始める ', 'どの確認をしますか'],
      ['Enter', '► 顔照合を行う ', '来庁者に読み上げてください'],
      ['Right', '同意する', '► 同意する '],
      ['Enter', '► 同意する ', 'カードを置いてください'],
      ['l', '► 読み取る ', 'Place the card'],
      ['Enter', '► Scan ', 'The visitor is photographed next'],
    ] as const) {
      await press(key, read);
      await shows(words);
    }
    assert.match(shown(), /PRACTICE/);
  });

  it('draws its screen anew when that dies, and the visit goes on', async () => {
    await shows('► Photograph ');
    const before = shown();
    const screen = () => spawnSync('pgrep', ['-f', `main.js ${socket}`], { encoding: 'utf8' }).stdout;
    const died = screen();
    process.kill(Number(died), 'SIGKILL');
    // What is left of the one that died looks the same.
    tmux('send-keys', '-R');
    await until('another screen', () => screen() !== died && screen(), { intervalMs: 50 });
    await until('what was shown before', () => shown() === before, { intervalMs: 50, seen: shown });
    tmux('send-keys', 'l');
    await shows('► 撮影する ');
  });

  it('goes on at Ctrl-Z and Ctrl-\\', async () => {
    tmux('send-keys', 'C-z', 'C-\\');
    // A key that comes sooner counts as typed along with them.
    await wait(200);
    tmux('send-keys', 'l');
    await shows('► Photograph ');
  });

  it('erases and records the visit when the terminal is closed', async () => {
    tmux('kill-server');
    await until('the end of the appliance', () => !existsSync(socket));
    const [record] = visitsIn(readFileSync(join(state, 'records.jsonl'), 'utf8'));
    assert.equal(record.outcome, 'cancelled');
  });

  it('ends by Ctrl-C, as a program does that a developer starts', async () => {
    open();
    await shows('受付できます');
    tmux('send-keys', 'C-c');
    await until('the end of the appliance', () => !existsSync(socket));
  });
});
