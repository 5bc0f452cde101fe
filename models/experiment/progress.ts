/** Where to draw the bar: stderr, if it is a terminal. */
export type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

/** In milliseconds: the delay before the bar appears, and between two redraws. */
const delay = 1000;
const redrawInterval = 100;
const width = 30;

/** A progress bar that appears after one second. Draws nothing unless on a terminal. */
export class ProgressBar {
  readonly #started: number;
  #drawn = -Infinity;
  #shown = false;

  constructor(
    private readonly terminal: Terminal = process.stderr,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#started = now();
  }

  show(label: string, done: number, of: number): void {
    const now = this.now();
    if (!this.terminal.isTTY || now - this.#started < delay || now - this.#drawn < redrawInterval) return;
    this.#drawn = now;
    this.#shown = true;
    const filled = Math.round((done / of) * width);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    this.terminal.write(`\r\x1b[K${bar} ${done}/${of}  ${label}`);
  }

  /** Clears the line for later output. */
  clear(): void {
    if (this.#shown) this.terminal.write('\r\x1b[K');
    this.#shown = false;
  }
}
