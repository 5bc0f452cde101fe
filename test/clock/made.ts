import { Clock, type Witnesses } from '../../appliance/clock/clock.js';
import { type Kernel, thisKernel } from '../../appliance/clock/kernel.js';

/** Nobody vouches for the time. */
export const nobody: Witnesses = {
  synchronised: () => Promise.resolve(false),
  batteries: () => Promise.resolve([]),
  mark: () => Promise.resolve(undefined),
};

/** A box that a test boots, sets the clock of, and lets time go by on; its software was built on 1 March 2026. */
export class Box implements Kernel {
  bootId = 'boot 1';
  readonly builtAt = Date.UTC(2026, 2, 1);
  #wall = Date.UTC(2026, 2, 4);
  #sinceBoot = 0;
  #boots = 1;

  wall = () => this.#wall;
  sinceBoot = () => this.#sinceBoot;

  /** Milliseconds go by, on the wall clock as well. */
  pass(milliseconds: number): void {
    this.#wall += milliseconds;
    this.#sinceBoot += milliseconds;
  }

  /** The wall clock is set, by whomever. */
  set(wall: number): void {
    this.#wall = wall;
  }

  boot(): void {
    this.#boots += 1;
    this.bootId = `boot ${this.#boots}`;
    this.#sinceBoot = 0;
  }

  clock(witnesses: Partial<Witnesses> = {}): Clock {
    return new Clock(this, this.builtAt, { ...nobody, ...witnesses });
  }
}

/** This machine's clock, or another one, taken to be right. */
export async function trusted(now: () => Date = () => new Date()): Promise<Clock> {
  const kernel = { ...thisKernel(), wall: () => now().getTime() };
  const clock = new Clock(kernel, 0, { ...nobody, synchronised: () => Promise.resolve(true) });
  await clock.look();
  return clock;
}
