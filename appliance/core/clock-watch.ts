import type { Clock } from '../clock/clock.js';
import type { Trust } from '../clock/trust.js';

/** In milliseconds: how often it is looked whether the time can be trusted now. The network may come late. */
const lookEvery = 60_000;

/** Keeps an eye on the clock, and tells when its time comes to be trusted, or ceases to be. */
export class ClockWatch {
  readonly #clock: Clock;
  readonly #lastRecord: () => number | undefined;
  readonly #changed: (trust: Trust) => void;
  #told: boolean | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param lastRecord when the last record with a trusted time was written, in milliseconds since 1970 */
  constructor(clock: Clock, lastRecord: () => number | undefined, changed: (trust: Trust) => void) {
    this.#clock = clock;
    this.#lastRecord = lastRecord;
    this.#changed = changed;
  }

  start(): void {
    this.#timer = setInterval(() => void this.check(), lookEvery);
    this.#timer.unref();
    void this.check();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks now, and answers with what it saw. */
  async check(): Promise<Trust> {
    await this.#clock.refresh();
    const trust = this.#clock.judge(this.#clock.read(), this.#lastRecord());
    if (trust.timeTrusted !== this.#told) {
      this.#told = trust.timeTrusted;
      this.#changed(trust);
    }
    return trust;
  }
}
