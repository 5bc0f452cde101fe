/** Looks what the sticks that are plugged in offer, one look at a time. */
export class StickWatch {
  readonly #lookNow: () => Promise<void>;
  #looking: Promise<void> | undefined;
  #again = false;
  /** How many works wait or go on, and the end of the last of them. */
  #works = 0;
  #worked: Promise<unknown> = Promise.resolve();

  constructor(look: () => Promise<void>) {
    this.#lookNow = look;
  }

  /** A stick may have been plugged in or unplugged. */
  check(): void {
    this.#again = true;
    if (this.#works === 0) this.#looking ??= this.#lookOn().finally(() => (this.#looking = undefined));
  }

  /** Does something with a stick while nobody else does nor looks at it, and looks again afterwards. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#works += 1;
    const working = this.#worked.then(() => this.#looking).then(work);
    this.#worked = working.catch(() => undefined);
    try {
      return await working;
    } finally {
      this.#works -= 1;
      this.check();
    }
  }

  async #lookOn(): Promise<void> {
    while (this.#again && this.#works === 0) {
      this.#again = false;
      await this.#lookNow();
    }
  }
}
