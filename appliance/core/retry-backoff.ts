import { setTimeout as wait } from 'node:timers/promises';

/** In milliseconds: how often a machine that cannot work looks whether it can again. */
const steady = 3000;

/**
 * The same while udev tells what is plugged in. A device that was plugged in a moment ago may not answer yet, so that
 * the first looks follow soon; the last is for what comes to life without being plugged in.
 */
const told = [1000, 1000, 2000, 4000, 8000, 15_000, 30_000] as const;

/** How long to wait before looking again, as long as nothing happens. */
export class RetryBackoff {
  #looks = 0;
  #wake = new AbortController();

  /** Something happened: whoever waits goes on at once, and the waits begin anew. */
  reset(): void {
    this.#looks = 0;
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  /** `isTold`: whether udev would tell when what is missing comes back. */
  async wait(isTold: boolean): Promise<void> {
    const rest = isTold ? told[Math.min(this.#looks, told.length - 1)] : steady;
    this.#looks += 1;
    await wait(rest, undefined, { ref: false, signal: this.#wake.signal }).catch(() => undefined);
  }
}
