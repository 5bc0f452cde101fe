import type { CounterSnapshot } from '../counter/machine.js';
import { activeOf, type CounterState, stateOf } from '../counter/snapshot.js';
import { keyTimeoutOf } from '../procedure/choices.js';

/** In seconds: before this nobody needs to be hurried. */
const shownFrom = 30;

/** Counts the last seconds that a question waits for a key. */
export class Countdown {
  readonly #changed: () => void;
  #question: CounterState | undefined;
  #deadline: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Begins anew when another question is asked, or a key was pressed. */
  follow(snapshot: CounterSnapshot, pressed = false): void {
    const question = stateOf(snapshot);
    if (question === this.#question && !pressed) return;
    this.#question = question;
    this.stop();
    const patience = keyTimeoutOf(activeOf(snapshot));
    this.#deadline = patience === undefined ? undefined : performance.now() + patience;
    if (patience !== undefined) this.#wake(Math.max(0, patience - shownFrom * 1000));
  }

  /** What a view shows of it. */
  get shown(): { readonly secondsLeft?: number } {
    if (this.#deadline === undefined) return {};
    const secondsLeft = Math.max(0, Math.ceil((this.#deadline - performance.now()) / 1000));
    return secondsLeft <= shownFrom ? { secondsLeft } : {};
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wake(after: number): void {
    this.#timer = setTimeout(() => {
      this.#changed();
      this.#wake(1000);
    }, after);
  }
}
