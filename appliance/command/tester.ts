import type { Readable } from 'node:stream';

import type { Answer } from '../protocol/bench-test.js';
import type { Button, Lines } from '../panel/lights/lines.js';
import { Presses } from '../panel/lights/presses.js';
import { Deliberate } from '../panel/screen/deliberate.js';
import { onInterrupt } from '../panel/screen/interrupt.js';
import { listenToKeys } from '../panel/screen/keys.js';

/** Without an answer for this long, nobody is there. */
const timeoutMs = 180_000;

/** The vendor's person at a terminal, who answers with the keyboard or the box's own buttons. */
export class TerminalTester {
  readonly #signal: AbortSignal;
  readonly #quit: () => void;
  #answered: ((answer: Answer) => void) | undefined;
  #pressed: ((button: Button) => void) | undefined;

  /**
   * @param signal aborts when the test has ended
   * @param quit called when the person ends the test
   */
  constructor(signal: AbortSignal, quit: () => void) {
    this.#signal = signal;
    this.#quit = quit;
  }

  /** Enter is yes and Backspace is no, as on the panel; Esc and Ctrl-C end the test. */
  listenToKeys(input: Readable): void {
    const presses = new Deliberate((key) => {
      if (key === 'enter') this.#answered?.('yes');
      else if (key === 'back') this.#answered?.('no');
      else if (key === 'cancel') this.#quit();
    });
    listenToKeys(input, (typed) => presses.hear(typed));
    onInterrupt(input, this.#quit);
  }

  /** The box's buttons answer too, except while one of them is being tested. */
  listenToButtons(lines: Pick<Lines, 'isDown' | 'watch'>): void {
    new Presses(lines, (button) => this.#press(button));
  }

  /** The next answer; undefined on timeout or at the end of the test. */
  answer(within = timeoutMs): Promise<Answer | undefined> {
    return this.#wait(within, (resolve) => (this.#answered = resolve));
  }

  /** The next button pressed on the box; undefined on timeout, or if the tester answers no by the keyboard. */
  async button(within = timeoutMs): Promise<Button | undefined> {
    return this.#wait<Button | undefined>(within, (resolve) => {
      this.#pressed = resolve;
      if (resolve) this.#answered = (answer) => answer === 'no' && resolve(undefined);
    });
  }

  #press(button: Button): void {
    if (this.#pressed) this.#pressed(button);
    else if (button === 'cancel') this.#quit();
    else this.#answered?.(button);
  }

  #wait<T>(within: number, hear: (resolve: ((what: T) => void) | undefined) => void): Promise<T | undefined> {
    return new Promise((resolve) => {
      const done = (what?: T) => {
        clearTimeout(timer);
        this.#signal.removeEventListener('abort', leave);
        [this.#answered, this.#pressed] = [undefined, undefined];
        resolve(what);
      };
      const leave = () => done();
      const timer = setTimeout(leave, within);
      this.#signal.addEventListener('abort', leave, { once: true });
      hear(done);
      if (this.#signal.aborted) leave();
    });
  }
}
