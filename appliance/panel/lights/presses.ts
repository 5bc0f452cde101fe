import { isDeepStrictEqual } from 'node:util';

import { Buttons } from './buttons.js';
import type { Button, Lines } from './lines.js';

/** Calls `pressed` once for each press of a button, and `stuck` whenever other buttons are stuck than before. */
export class Presses {
  readonly #lines: Pick<Lines, 'isDown'>;
  readonly #pressed: (button: Button) => void;
  readonly #stuck: (buttons: readonly Button[]) => void;
  readonly #buttons: Buttons;
  #reported: readonly Button[] = [];
  #again: NodeJS.Timeout | undefined;

  constructor(
    lines: Pick<Lines, 'isDown' | 'watch'>,
    pressed: (button: Button) => void,
    stuck: (buttons: readonly Button[]) => void = () => undefined,
  ) {
    this.#lines = lines;
    this.#pressed = pressed;
    this.#stuck = stuck;
    this.#buttons = new Buttons(this.#isDown);
    this.#reportStuck();
    lines.watch(() => this.#read());
  }

  close(): void {
    clearTimeout(this.#again);
  }

  readonly #isDown = (button: Button): boolean => this.#lines.isDown(button) === true;

  #read(): void {
    clearTimeout(this.#again);
    for (const button of this.#buttons.read(this.#isDown, performance.now())) this.#pressed(button);
    this.#reportStuck();
    const { dueAt } = this.#buttons;
    if (dueAt === undefined) return;
    const readAgain = (): void => {
      this.#again = undefined;
      this.#read();
    };
    this.#again = setTimeout(readAgain, Math.max(0, dueAt - performance.now()));
  }

  #reportStuck(): void {
    const { stuck } = this.#buttons;
    if (isDeepStrictEqual(stuck, this.#reported)) return;
    this.#reported = stuck;
    this.#stuck(stuck);
  }
}
