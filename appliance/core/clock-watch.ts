import type { Clock } from '../clock/clock.js';
import type { Trust } from '../clock/trust.js';

/** The network, and with it a trusted time, may come late. */
const checkEveryMs = 60_000;

/** Checks the clock regularly, and reports when its time becomes trusted or stops being so. */
export class ClockWatch {
  readonly #clock: Clock;
  readonly #lastRecord: () => number | undefined;
  readonly #changed: (trust: Trust) => void;
  #reported: boolean | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param lastRecord when the last record with a trusted time was written, in milliseconds since 1970 */
  constructor(clock: Clock, lastRecord: () => number | undefined, changed: (trust: Trust) => void) {
    this.#clock = clock;
    this.#lastRecord = lastRecord;
    this.#changed = changed;
  }

  start(): void {
    this.#timer = setInterval(() => void this.check(), checkEveryMs);
    this.#timer.unref();
    void this.check();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async check(): Promise<Trust> {
    await this.#clock.refresh();
    const trust = this.#clock.judge(this.#clock.read(), this.#lastRecord());
    if (trust.timeTrusted !== this.#reported) {
      this.#reported = trust.timeTrusted;
      this.#changed(trust);
    }
    return trust;
  }
}
