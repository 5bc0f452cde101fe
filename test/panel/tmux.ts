import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real terminal: a tmux server of our own with one pane, which stays when its program ends. */
export class Terminal {
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
  }

  static #opened = 0;

  /** Opens a terminal of 80 by 24 and runs the program in it. */
  static async open(program: readonly string[]): Promise<Terminal> {
    const terminal = new Terminal(`terashi-${process.pid}-${++Terminal.#opened}`);
    await terminal.#tmux(
      ...['start-server', ';', 'set-option', '-g', 'remain-on-exit', 'on', ';'],
      ...['set-option', '-s', 'escape-time', '0', ';'],
      ...['new-session', '-d', '-x', '80', '-y', '24', ...program],
    );
    return terminal;
  }

  /** The rows as they stand there, without what is blank at their ends. */
  async rows(): Promise<string[]> {
    const text = await this.#tmux('capture-pane', '-p');
    return text.split('\n').map((row) => row.trimEnd());
  }

  /** What was written from the beginning, also where it has been scrolled away. */
  async transcript(): Promise<string[]> {
    const text = await this.#tmux('capture-pane', '-p', '-S', '-');
    return text.split('\n').map((row) => row.trimEnd());
  }

  /** Waits until the terminal shows what `shows` looks for. */
  async until(shows: (rows: readonly string[]) => boolean): Promise<string[]> {
    for (;;) {
      const rows = await this.rows();
      if (shows(rows)) return rows;
      await wait(20);
    }
  }

  async press(...keys: string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`);
  }

  async pid(): Promise<number> {
    return Number(await this.#tmux('display-message', '-p', '#{pane_pid}'));
  }

  /** Waits until the program has ended, and gives its exit status or the signal that ended it. */
  async ended(): Promise<string> {
    for (;;) {
      const [dead, ...how] = (
        await this.#tmux('display-message', '-p', '#{pane_dead} #{pane_dead_status}#{pane_dead_signal}')
      )
        .trim()
        .split(' ');
      if (dead === '1') return how.join('');
      await wait(20);
    }
  }

  /** Pulls the plug: the terminal is gone with all that it showed. */
  async close(): Promise<void> {
    await this.#tmux('kill-server').catch(() => undefined);
  }

  async #tmux(...args: string[]): Promise<string> {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TMUX: '' };
    const { stdout } = await run('tmux', ['-u', '-L', this.#name, '-f', '/dev/null', ...args], { env });
    return stdout;
  }
}
