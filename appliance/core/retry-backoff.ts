import { setTimeout as wait } from 'node:timers/promises';

/** Without udev, devices are polled. */
const pollMs = 3000;

/**
 * With udev. A device that was just plugged in may not respond yet, so the first retries are quick; the last interval
 * catches what recovers without being plugged in.
 */
const backoffMs = [1000, 1000, 2000, 4000, 8000, 15_000, 30_000] as const;

/** The delays between checks of an appliance that cannot work yet. */
export class RetryBackoff {
  #retries = 0;
  #wake = new AbortController();

  /** Ends the current wait, and starts with short delays again. */
  reset(): void {
    this.#retries = 0;
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  /** @param udevLive whether udev would report what is awaited */
  async wait(udevLive: boolean): Promise<void> {
    const delay = udevLive ? backoffMs[Math.min(this.#retries, backoffMs.length - 1)] : pollMs;
    this.#retries += 1;
    await wait(delay, undefined, { ref: false, signal: this.#wake.signal }).catch(() => undefined);
  }
}
