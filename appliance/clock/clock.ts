import { join } from 'node:path';

import * as z from 'zod';

import { err, type Result } from '../result.js';
import { notAllowed, whyNotAllowed } from './allowed.js';
import { batteryClocks } from './battery.js';
import { builtAt } from './built.js';
import { type Kernel, thisKernel } from './kernel.js';
import { type Mark, readMark, writeMark } from './mark.js';
import { isSynchronised } from './network.js';
import { latestTime, lowerLimit } from './plausible.js';
import { setClock } from './set.js';
import { type BatterySet, setFault, type SetFault } from './set-protocol.js';
import { type Bounds, judge, toleranceMs, type Reading, type Trust } from './trust.js';

/** The sources that may vouch for the clock. */
export type ClockSources = {
  readonly synchronised: () => Promise<boolean>;
  /** The time of each battery-backed clock, in milliseconds since 1970. */
  readonly batteries: () => Promise<readonly number[]>;
  readonly mark: () => Promise<Mark | undefined>;
};

/** Sets the clock, and stores the mark that somebody did. */
export type ClockActions = {
  readonly set: (time: number) => Promise<Result<BatterySet, SetFault>>;
  readonly remember: (made: Mark) => Promise<void>;
};

const minuteMs = 60_000;

/** Why the clock was not set. */
export const notSet = z.enum([...notAllowed.options, ...setFault.options]);
export type NotSet = z.infer<typeof notSet>;

/** The wall clock and how far it can be trusted; and the time since boot, which is always right. */
export class Clock {
  /** When this software was built, in milliseconds since 1970. */
  readonly builtAt: number;
  readonly #kernel: Kernel;
  readonly #sources: ClockSources;
  readonly #actions: ClockActions;
  #mark: Mark | undefined;
  #network: number | undefined;
  #batteries: readonly number[] = [];

  constructor(kernel: Kernel, built: number, sources: ClockSources, actions: ClockActions) {
    this.#kernel = kernel;
    this.builtAt = built;
    this.#sources = sources;
    this.#actions = actions;
  }

  get bootId(): string {
    return this.#kernel.bootId;
  }

  /** Reads all sources again. Their results count until the next call, unless somebody sets the clock. */
  async refresh(): Promise<void> {
    const { synchronised, batteries, mark } = this.#sources;
    const [synchronisedNow, batteryTimes, newMark] = await Promise.all([synchronised(), batteries(), mark()]);
    const { wall, sinceBoot } = this.read();
    // A clock that was synchronised stays right when the network goes away.
    if (synchronisedNow) this.#network = wall - sinceBoot;
    this.#batteries = batteryTimes.map((time) => time - sinceBoot);
    this.#mark = newMark;
  }

  read(): Reading {
    return { wall: this.#kernel.wall(), sinceBoot: this.#kernel.sinceBoot() };
  }

  /**
   * Decides whether a reading of this boot can be trusted.
   *
   * @param lastRecord time of the last record with a trusted time, in milliseconds since 1970
   */
  judge(reading: Reading, lastRecord: number | undefined): Trust {
    return judge(
      reading,
      { clerk: this.#mark?.difference, network: this.#network, battery: this.#batteries },
      this.#bounds(lastRecord),
    );
  }

  /**
   * The best guess of the time, in milliseconds since 1970: the wall clock, or if that is too early or too late to be
   * true, the next whole minute after the software was built and the last record was written.
   *
   * @param lastRecord time of the last record, trusted or not
   */
  guess(lastRecord: number | undefined): number {
    const earliest = Math.max(this.builtAt, lowerLimit(lastRecord, this.builtAt) ?? 0);
    const { wall } = this.read();
    const plausible = wall >= earliest && wall <= latestTime(this.builtAt);
    return plausible ? wall : Math.ceil(earliest / minuteMs) * minuteMs;
  }

  /**
   * Sets the wall clock to what the clerk says, then checks that it shows that time.
   *
   * @param time milliseconds since 1970
   * @param corrected the records had a wrong time: allows a time before the last one
   */
  async set(
    time: number,
    lastRecord: number | undefined,
    corrected: boolean,
  ): Promise<Result<BatterySet, NotSet>> {
    const bounds = corrected ? { builtAt: this.builtAt } : this.#bounds(lastRecord);
    const why = whyNotAllowed(time, bounds);
    if (why) return err(why);
    const before = this.#kernel.sinceBoot();
    const set = await this.#actions.set(time);
    if (!set.ok) return set;
    const { wall, sinceBoot } = this.read();
    const passed = sinceBoot - before;
    if (wall < time - toleranceMs || wall > time + passed + toleranceMs) return err('clock-failed');
    const mark = {
      bootId: this.bootId,
      difference: wall - sinceBoot,
      corrected: corrected || this.#corrected,
    };
    try {
      await this.#actions.remember(mark);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return err('clock-failed');
    }
    await this.refresh();
    return set;
  }

  get #corrected(): boolean {
    return this.#mark?.corrected ?? false;
  }

  #bounds(lastRecord: number | undefined): Bounds {
    return { builtAt: this.builtAt, lastRecord: this.#corrected ? undefined : lastRecord };
  }
}

/** The file of the mark, beside the records. */
export function markFileIn(folder: string): string {
  return join(folder, 'clock.json');
}

/** The clock of this machine. It trusts nothing until `refresh` is called. */
export function clockOf(stateFolder: string): Clock {
  const kernel = thisKernel();
  const markFile = markFileIn(stateFolder);
  return new Clock(
    kernel,
    builtAt(),
    { synchronised: isSynchronised, batteries: batteryClocks, mark: () => readMark(markFile, kernel.bootId) },
    { set: setClock, remember: (made) => writeMark(markFile, made) },
  );
}
