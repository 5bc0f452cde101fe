import { err, type Result } from '../../result.js';

/**
 * Calls into a library that knows no threads, one at a time. A call that does not come back within its
 * patience (milliseconds) is given up: it may run on for ever on its thread, so every later call is
 * answered `stalled` at once, and the process has to be thrown away.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #stalled = false;

  take<T, E>(patience: number, call: () => Promise<Result<T, E>>): Promise<Result<T, E | 'stalled'>> {
    const turn = this.#last.then(() => this.beside(patience, call));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** A call that may be made while another is under way, and is given up like the others. */
  async beside<T, E>(patience: number, call: () => Promise<Result<T, E>>): Promise<Result<T, E | 'stalled'>> {
    return this.#stalled ? err('stalled') : this.#within(patience, call());
  }

  async #within<T, E>(patience: number, call: Promise<Result<T, E>>): Promise<Result<T, E | 'stalled'>> {
    let alarm: NodeJS.Timeout | undefined;
    const late = new Promise<Result<T, 'stalled'>>((resolve) => {
      alarm = setTimeout(() => {
        this.#stalled = true;
        resolve(err('stalled'));
      }, patience);
    });
    try {
      return await Promise.race([call, late]);
    } finally {
      clearTimeout(alarm);
    }
  }
}
