/**
 * Holds one value between a fast producer and a slow consumer. A new value replaces one that was not taken, so
 * nothing queues up.
 */
export class LatestValue<T> {
  #value: { readonly value: T } | undefined;
  #isFinished = false;
  #wake: (() => void) | undefined;

  put(value: T): void {
    if (this.#isFinished) return;
    this.#value = { value };
    this.#wake?.();
  }

  /** Puts the last value; later ones are ignored. */
  finishWith(value: T): void {
    this.put(value);
    this.#isFinished = true;
  }

  /** Finishes at once and drops a value that was not taken. */
  finish(): void {
    this.#value = undefined;
    this.#isFinished = true;
    this.#wake?.();
  }

  /** Waits for a value and takes it; undefined once finished. For one consumer at a time. */
  async take(): Promise<T | undefined> {
    while (this.#value === undefined && !this.#isFinished) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const taken = this.#value?.value;
    this.#value = undefined;
    return taken;
  }
}
