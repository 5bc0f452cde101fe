/** Where a bar may be drawn; of a terminal, its error stream. */
export type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

/** Milliseconds before a bar appears, and between two drawings. */
const patience = 1000;
const pause = 100;
const width = 30;

/** A bar for work that takes longer than a second; on anything but a terminal it draws nothing. */
export class ProgressBar {
  readonly #begun: number;
  #drawn = -Infinity;
  #shown = false;

  constructor(
    private readonly terminal: Terminal = process.stderr,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#begun = now();
  }

  show(label: string, done: number, of: number): void {
    const now = this.now();
    if (!this.terminal.isTTY || now - this.#begun < patience || now - this.#drawn < pause) return;
    this.#drawn = now;
    this.#shown = true;
    const filled = Math.round((done / of) * width);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    this.terminal.write(`\r\x1b[K${bar} ${done}/${of}  ${label}`);
  }

  /** Leaves the line empty for what is said next. */
  clear(): void {
    if (this.#shown) this.terminal.write('\r\x1b[K');
    this.#shown = false;
  }
}
