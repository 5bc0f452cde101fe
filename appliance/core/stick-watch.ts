/** Checks what the plugged-in sticks offer, one check at a time, and never while a job uses a stick. */
export class StickWatch {
  readonly #checkNow: () => Promise<void>;
  #checking: Promise<void> | undefined;
  #checkAgain = false;
  /** Running and waiting jobs. */
  #jobs = 0;
  #lastJob: Promise<unknown> = Promise.resolve();

  constructor(check: () => Promise<void>) {
    this.#checkNow = check;
  }

  /** Call this after a stick may have been plugged in or unplugged. */
  check(): void {
    this.#checkAgain = true;
    if (this.#jobs === 0) this.#checking ??= this.#runChecks().finally(() => (this.#checking = undefined));
  }

  /** Runs a job while no other job and no check uses a stick, and checks afterwards. */
  async exclusively<T>(job: () => Promise<T>): Promise<T> {
    this.#jobs += 1;
    const running = this.#lastJob.then(() => this.#checking).then(job);
    this.#lastJob = running.catch(() => undefined);
    try {
      return await running;
    } finally {
      this.#jobs -= 1;
      this.check();
    }
  }

  async #runChecks(): Promise<void> {
    while (this.#checkAgain && this.#jobs === 0) {
      this.#checkAgain = false;
      await this.#checkNow();
    }
  }
}
