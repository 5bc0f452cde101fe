import type { CounterSnapshot } from '../counter/machine.js';
import { activeOf, type CounterState, stateOf } from '../counter/snapshot.js';
import { keyTimeoutOf } from '../procedure/choices.js';

/** The countdown is shown only for the last 30 seconds. */
const shownSeconds = 30;

/** Counts down the last seconds before a question times out. */
export class Countdown {
  readonly #changed: () => void;
  #question: CounterState | undefined;
  #deadline: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Restarts with each new question and after each key. */
  follow(snapshot: CounterSnapshot, pressed = false): void {
    const question = stateOf(snapshot);
    if (question === this.#question && !pressed) return;
    this.#question = question;
    this.stop();
    const timeoutMs = keyTimeoutOf(activeOf(snapshot));
    this.#deadline = timeoutMs === undefined ? undefined : performance.now() + timeoutMs;
    if (timeoutMs !== undefined) this.#tick(Math.max(0, timeoutMs - shownSeconds * 1000));
  }

  get shown(): { readonly secondsLeft?: number } {
    if (this.#deadline === undefined) return {};
    const secondsLeft = Math.max(0, Math.ceil((this.#deadline - performance.now()) / 1000));
    return secondsLeft <= shownSeconds ? { secondsLeft } : {};
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tick(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#changed();
      this.#tick(1000);
    }, delayMs);
  }
}
