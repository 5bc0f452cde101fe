/**
 * A place for one value, between somebody who is fast and somebody who may be slow: what arrives replaces what
 * was not taken yet, so that nothing queues up.
 */
export class Newest<T> {
  #value: { readonly value: T } | undefined;
  #finished = false;
  #wake: (() => void) | undefined;

  put(value: T): void {
    if (this.#finished) return;
    this.#value = { value };
    this.#wake?.();
  }

  /** Puts the last value; what is put afterwards is ignored. */
  finishWith(value: T): void {
    this.put(value);
    this.#finished = true;
  }

  /** Ends at once, and drops what was not taken. */
  finish(): void {
    this.#value = undefined;
    this.#finished = true;
    this.#wake?.();
  }

  /** Waits for a value and takes it; undefined when there will be no more. For one taker at a time. */
  async take(): Promise<T | undefined> {
    while (this.#value === undefined && !this.#finished) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const taken = this.#value?.value;
    this.#value = undefined;
    return taken;
  }
}
