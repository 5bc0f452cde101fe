import type { Readable } from 'node:stream';

import type { Button, Lines } from '../panel/lights/lines.js';
import { Presses } from '../panel/lights/presses.js';
import { listenToKeys } from '../panel/screen/keys.js';

export type Answer = 'yes' | 'no';

/** In milliseconds: after so long without an answer nobody is there. */
const patience = 180_000;

/** The vendor's person at the box, who answers by the keyboard or by the box's own buttons. */
export class Tester {
  readonly #signal: AbortSignal;
  readonly #gone: () => void;
  #answered: ((answer: Answer) => void) | undefined;
  #pressed: ((button: Button) => void) | undefined;

  /** @param gone called when the person ends the test; `signal` says that it has ended */
  constructor(signal: AbortSignal, gone: () => void) {
    this.#signal = signal;
    this.#gone = gone;
  }

  /** Enter is yes and Backspace is no, as on the panel; Esc and Ctrl-C end the test. */
  hearKeys(input: Readable): void {
    listenToKeys(input, (key) => {
      if (key === 'enter') this.#answered?.('yes');
      else if (key === 'back') this.#answered?.('no');
      else if (key === 'cancel' || key === 'quit') this.#gone();
    });
  }

  /** The box's buttons answer as well, unless it is asked for a button itself. */
  hearButtons(lines: Pick<Lines, 'isDown' | 'watch'>): void {
    new Presses(lines, (button) => this.#press(button));
  }

  /** The next answer; undefined where none comes, or the test is ended. */
  ask(within = patience): Promise<Answer | undefined> {
    return this.#wait(within, (heard) => (this.#answered = heard));
  }

  /** The next button that is pressed on the box; undefined where none is, or the tester says no by the keyboard. */
  async button(within = patience): Promise<Button | undefined> {
    return this.#wait<Button | undefined>(within, (heard) => {
      this.#pressed = heard;
      if (heard) this.#answered = (answer) => answer === 'no' && heard(undefined);
    });
  }

  #press(button: Button): void {
    if (this.#pressed) this.#pressed(button);
    else if (button === 'cancel') this.#gone();
    else this.#answered?.(button);
  }

  #wait<T>(within: number, hear: (heard: ((what: T) => void) | undefined) => void): Promise<T | undefined> {
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
