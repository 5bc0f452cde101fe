import { Clock, type ClockActions, type ClockSources } from '../../appliance/clock/clock.js';
import { type Kernel, thisKernel } from '../../appliance/clock/kernel.js';
import { err, ok } from '../../appliance/result.js';

/** Nobody vouches for the time. */
const nobody: ClockSources = {
  synchronised: () => Promise.resolve(false),
  batteries: () => Promise.resolve([]),
  mark: () => Promise.resolve(undefined),
};

/** Nobody sets this clock. */
const idle: ClockActions = {
  set: () => Promise.resolve(err('clock-denied')),
  remember: () => Promise.resolve(),
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

  clock(witnesses: Partial<ClockSources> = {}, hands: Partial<ClockActions> = {}): Clock {
    const set = (time: number) => {
      this.set(time);
      return Promise.resolve(ok('absent' as const));
    };
    return new Clock(this, this.builtAt, { ...nobody, ...witnesses }, { ...idle, set, ...hands });
  }
}

/** This machine's clock, or another one, taken to be right. */
export async function trusted(now: () => Date = () => new Date()): Promise<Clock> {
  const kernel = { ...thisKernel(), wall: () => now().getTime() };
  const clock = new Clock(
    kernel,
    Date.UTC(2020, 0),
    { ...nobody, synchronised: () => Promise.resolve(true) },
    idle,
  );
  await clock.refresh();
  return clock;
}
