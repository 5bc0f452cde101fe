import { err, type Result } from '../../result.js';

/**
 * Runs calls into a library that is not thread-safe one at a time. A call that exceeds its timeout (in milliseconds)
 * is abandoned. It may occupy its thread for ever, so all later calls return `stalled` at once, and the process has
 * to be killed.
 */
export class CallQueue {
  #last: Promise<unknown> = Promise.resolve();
  #stalled = false;

  run<T, E>(timeoutMs: number, call: () => Promise<Result<T, E>>): Promise<Result<T, E | 'stalled'>> {
    const result = this.#last.then(() => this.runNow(timeoutMs, call));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Runs a call at once, even during another one, with the same timeout. */
  async runNow<T, E>(
    timeoutMs: number,
    call: () => Promise<Result<T, E>>,
  ): Promise<Result<T, E | 'stalled'>> {
    return this.#stalled ? err('stalled') : this.#within(timeoutMs, call());
  }

  async #within<T, E>(timeoutMs: number, call: Promise<Result<T, E>>): Promise<Result<T, E | 'stalled'>> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<Result<T, 'stalled'>>((resolve) => {
      timer = setTimeout(() => {
        this.#stalled = true;
        resolve(err('stalled'));
      }, timeoutMs);
    });
    try {
      return await Promise.race([call, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}
