/** Looks what the sticks that are plugged in offer, one look at a time. */
export class StickWatch {
  readonly #lookNow: () => Promise<void>;
  #looking: Promise<void> | undefined;
  #again = false;
  #busy = false;

  constructor(look: () => Promise<void>) {
    this.#lookNow = look;
  }

  /** A stick may have been plugged in or unplugged. */
  look(): void {
    this.#again = true;
    if (!this.#busy) this.#looking ??= this.#lookOn().finally(() => (this.#looking = undefined));
  }

  /** Does something with a stick while nobody looks at it, and looks again afterwards. */
  async undisturbed<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true;
    try {
      await this.#looking;
      return await work();
    } finally {
      this.#busy = false;
      this.look();
    }
  }

  async #lookOn(): Promise<void> {
    while (this.#again && !this.#busy) {
      this.#again = false;
      await this.#lookNow();
    }
  }
}
