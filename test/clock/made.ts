import { Clock, type ClockActions, type ClockSources } from '../../appliance/clock/clock.js';
import { type Kernel, thisKernel } from '../../appliance/clock/kernel.js';
import { err, ok } from '../../appliance/result.js';

/** No source confirms the time. */
const nobody: ClockSources = {
  synchronised: () => Promise.resolve(false),
  batteries: () => Promise.resolve([]),
  mark: () => Promise.resolve(undefined),
};

/** This clock cannot be set. */
const idle: ClockActions = {
  set: () => Promise.resolve(err('clock-denied')),
  remember: () => Promise.resolve(),
};

/** A box whose boots, clock and time the test controls; its software was built on 1 March 2026. */
export class Box implements Kernel {
  bootId = 'boot 1';
  readonly builtAt = Date.UTC(2026, 2, 1);
  #wall = Date.UTC(2026, 2, 4);
  #sinceBoot = 0;
  #boots = 1;

  wall = () => this.#wall;
  sinceBoot = () => this.#sinceBoot;

  /** Lets time pass, on the wall clock too. */
  pass(milliseconds: number): void {
    this.#wall += milliseconds;
    this.#sinceBoot += milliseconds;
  }

  /** Sets the wall clock, as anybody may. */
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

/** This machine's clock, or another one, trusted. */
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
