import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { until } from '../../hardware-tests/counter/until.js';

const run = promisify(execFile);

/** Runs a program and says how it ended, with the terminal's settings before and after. */
const around = 'stty -g | sha256sum; "$@"; echo "ended $?"; stty -g | sha256sum; exec sleep 1000';

/** A real terminal of 80 by 24: a tmux server of our own with one program in it. */
export class Terminal {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tmux-'));

  static async open(...program: string[]): Promise<Terminal> {
    const terminal = new Terminal();
    await terminal.#tmux(
      'start-server',
      ';',
      'set-option',
      '-s',
      'escape-time',
      '0',
      ';',
      'new-session',
      ...['-d', '-x', '80', '-y', '24', 'sh', '-c', around, 'sh', ...program],
    );
    return terminal;
  }

  /** The rows as they stand there, without what is blank at their ends. */
  async rows(): Promise<string[]> {
    const text = await this.#tmux('capture-pane', '-p');
    return text.split('\n').map((row) => row.trimEnd());
  }

  /** Waits until the terminal shows what `shows` looks for. */
  async until(shows: (rows: readonly string[]) => boolean): Promise<string[]> {
    let rows: string[] = [];
    const isShown = async () => shows((rows = await this.rows()));
    await until('the terminal', isShown, { intervalMs: 20, seen: () => rows });
    return rows;
  }

  /** Waits for the program's end: its exit status, what it left on the screen, and whether the terminal is as before. */
  async ended(): Promise<{ status: number; left: string; restored: boolean }> {
    const isEnd = (row: string) => /^ended \d+$/.test(row);
    const rows = await this.until(
      (rows) => rows.slice(rows.findIndex(isEnd) + 1).some((row) => row.endsWith(' -')) && rows.some(isEnd),
    );
    const end = rows.findIndex(isEnd);
    const [before] = rows;
    return {
      status: Number(rows[end].split(' ')[1]),
      left: rows.slice(1, end).join(' '),
      restored: rows[end + 1] === before,
    };
  }

  async press(...keys: string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`);
  }

  /** The program's process. */
  async pid(): Promise<number> {
    const shell = (await this.#tmux('display-message', '-p', '#{pane_pid}')).trim();
    return Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8'));
  }

  /** Pulls the plug: the terminal is gone with all that it showed. */
  async close(): Promise<void> {
    await this.#tmux('kill-server').catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #tmux(...args: string[]): Promise<string> {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TMUX: '' };
    const { stdout } = await run(
      'tmux',
      ['-u', '-S', join(this.#folder, 'socket'), '-f', '/dev/null', ...args],
      {
        env,
      },
    );
    return stdout;
  }
}
