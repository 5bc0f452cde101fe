import type { Tpm } from '../tpm/tpm.js';

/**
 * Counts the lines of the records in a TPM, one after each is on the disk. A TPM that fails is left alone until the next
 * start, so that no visit waits for it twice.
 */
export class LineCounter {
  readonly #tpm: Tpm;
  #count: number | undefined;

  /** @param count what the counter stands at; undefined where it did not answer */
  constructor(tpm: Tpm, count: number | undefined) {
    this.#tpm = tpm;
    this.#count = count;
  }

  /** For a counter that lacks the last line. @param count what it stands at with it */
  static async caughtUp(tpm: Tpm, count = 0): Promise<LineCounter> {
    const counter = new LineCounter(tpm, count - 1);
    await counter.add();
    return counter;
  }

  /** What the counter stands at once one line more is counted; undefined while it counts none. */
  get next(): number | undefined {
    return this.#count === undefined ? undefined : this.#count + 1;
  }

  async add(): Promise<void> {
    const counted = await this.#tpm.increment();
    this.#count = counted.ok ? this.next : undefined;
  }
}
