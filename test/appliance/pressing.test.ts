import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { program, removeState, stateFolder, visitsIn } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';
import { Terminal } from '../panel/tmux.js';

/** A keyboard at the appliance's own terminal. */
describe('a visit at the keyboard', function () {
  this.timeout(120_000);

  let state: string;
  let terminal: Terminal;

  beforeEach(async () => {
    state = stateFolder();
    terminal = await Terminal.open(process.execPath, program, 'run', '--state', state);
    await shows('受付できます');
  });
  afterEach(async () => {
    await terminal.close();
    await until('the end of the appliance', () => !existsSync(join(state, 'panel.sock')));
    removeState(state);
  });

  const shows = (words: string) => terminal.until((rows) => rows.join('\n').includes(words));
  const records = () => visitsIn(readFileSync(join(state, 'records.jsonl'), 'utf8'));

  /** What a clerk reads in each scene, and the keys that lead to the next. */
  const course: readonly (readonly [read: string, ...keys: string[]])[] = [
    ['► 始める', 'Enter'],
    ['► 顔照合を行う', 'Enter'],
    ['同意する', 'Right', 'Enter'],
    ['► 読み取る', 'Enter'],
    ['► 撮影する', 'Enter'],
    ['交付しない', 'Right', 'Enter'],
    ['消しました', 'Enter'],
  ];

  it('is made by somebody who presses a quarter of a second after each scene, and no press is lost', async () => {
    for (const [read, ...keys] of course) {
      await shows(read);
      for (const key of keys) {
        await wait(250);
        await terminal.press(key);
      }
    }
    await shows('► 始める');
    assert.deepEqual(
      records().map(({ outcome, because }) => [outcome, because]),
      [['verified', 'decided']],
    );
  });

  it('is not made by a folder that lies on Enter', async () => {
    await wait(250);
    await terminal.press('Enter');
    await shows('► 顔照合を行う');
    // As a keyboard repeats a key: the first time late, and then often.
    for (let repeat = 0; repeat < 60; repeat++) {
      await terminal.press('Enter');
      await wait(repeat === 0 ? 250 : 50);
    }
    await endUndecided();
  });

  it('is not made by somebody who presses Enter again and again', async () => {
    for (let press = 0; press < 10; press++) {
      await terminal.press('Enter');
      await wait(300);
    }
    await shows('来庁者に読み上げてください');
    await endUndecided();
  });

  /** Cancels the visit, which is recorded as what it was. */
  async function endUndecided(): Promise<void> {
    await terminal.press('Escape');
    await shows('取りやめました');
    assert.deepEqual(
      records().map(({ because, pictures }) => ({ because, pictures })),
      [{ because: 'cancelled', pictures: false }],
    );
  }
});
