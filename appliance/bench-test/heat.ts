import type { Checked } from '../health/check.js';
import { checkTemperature } from '../health/temperature.js';
import { checkThrottling } from '../health/throttling.js';

/** The firmware's flags for the present. The same 16 bits higher cover the time since boot. */
const currentFlags = 0xf;

/** How temperature and throttling are checked, and how often. */
export type HeatChecks = {
  readonly temperature: () => Promise<Checked>;
  readonly throttling: () => Promise<Checked>;
  readonly everyMs: number;
};

export const heatChecks: HeatChecks = {
  temperature: () => checkTemperature(),
  throttling: () => checkThrottling(),
  everyMs: 5000,
};

/** How hot a box became while it worked; `flags` are absent where its firmware reports no throttling. */
export type Heat = { readonly temperatures: readonly Checked[]; readonly flags?: number };

/** Watches temperature and throttling until it is ended. Only throttling since its start counts. */
export class HeatWatch {
  readonly #checks: HeatChecks;
  readonly #temperatures: Checked[] = [];
  readonly #before: Promise<Checked>;
  readonly #timer: NodeJS.Timeout;
  #flags = 0;

  /** @param report receives the temperature, after each check */
  constructor(checks: HeatChecks, report: (celsius: number | undefined) => void) {
    this.#checks = checks;
    this.#before = checks.throttling();
    this.#timer = setInterval(() => {
      void Promise.all([checks.temperature(), checks.throttling()]).then(([temperature, throttling]) => {
        this.#temperatures.push(temperature);
        this.#flags |= flagsIn(throttling) & currentFlags;
        report(temperature.numbers.celsius);
      });
    }, checks.everyMs);
  }

  async end(): Promise<Heat> {
    clearInterval(this.#timer);
    const before = await this.#before;
    const since = flagsIn(await this.#checks.throttling()) & ~flagsIn(before);
    const known = before.numbers.flags === undefined ? {} : { flags: this.#flags | since };
    return { temperatures: this.#temperatures, ...known };
  }
}

function flagsIn({ numbers }: Checked): number {
  return numbers.flags ?? 0;
}
