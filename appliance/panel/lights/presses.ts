import { Buttons } from './buttons.js';
import type { Button, Lines } from './lines.js';

/** Calls `pressed` once for each press of a button. */
export class Presses {
  readonly #lines: Pick<Lines, 'isDown'>;
  readonly #pressed: (button: Button) => void;
  readonly #buttons: Buttons;
  #again: NodeJS.Timeout | undefined;

  constructor(lines: Pick<Lines, 'isDown' | 'watch'>, pressed: (button: Button) => void) {
    this.#lines = lines;
    this.#pressed = pressed;
    this.#buttons = new Buttons(this.#isDown);
    lines.watch(() => this.#read());
  }

  close(): void {
    clearTimeout(this.#again);
  }

  readonly #isDown = (button: Button): boolean => this.#lines.isDown(button) === true;

  #read(): void {
    clearTimeout(this.#again);
    for (const button of this.#buttons.read(this.#isDown, performance.now())) this.#pressed(button);
    const { dueAt } = this.#buttons;
    if (dueAt === undefined) return;
    this.#again = setTimeout(() => this.#read(), Math.max(0, dueAt - performance.now()));
  }
}
