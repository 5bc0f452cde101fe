import { join } from 'node:path';

import * as z from 'zod';

import { err, type Result } from '../result.js';
import { notAllowed, whyNotAllowed } from './allowed.js';
import { batteryClocks } from './battery.js';
import { builtAt } from './built.js';
import { type Kernel, thisKernel } from './kernel.js';
import { type Mark, readMark, writeMark } from './mark.js';
import { isSynchronised } from './network.js';
import { setClock } from './set.js';
import { type BatterySet, setFault, type SetFault } from './set-protocol.js';
import { type Bounds, judge, leeway, type Reading, type Trust } from './trust.js';

/** What the clock asks for its trust. */
export type Witnesses = {
  readonly synchronised: () => Promise<boolean>;
  /** Milliseconds since 1970, by each clock with a battery. */
  readonly batteries: () => Promise<readonly number[]>;
  readonly mark: () => Promise<Mark | undefined>;
};

/** What sets the clock, and remembers that somebody did. */
export type Hands = {
  readonly set: (time: number) => Promise<Result<BatterySet, SetFault>>;
  readonly remember: (made: Mark) => Promise<void>;
};

/** In milliseconds. */
const minute = 60_000;

/** Why the clock was not set. */
export const notSet = z.enum([...notAllowed.options, ...setFault.options]);
export type NotSet = z.infer<typeof notSet>;

/** The wall clock with what is known of its truth, and beside it the time since boot, which needs no trust. */
export class Clock {
  /** When this software was built, in milliseconds since 1970. */
  readonly builtAt: number;
  readonly #kernel: Kernel;
  readonly #witnesses: Witnesses;
  readonly #hands: Hands;
  #mark: Mark | undefined;
  #network: number | undefined;
  #batteries: readonly number[] = [];

  constructor(kernel: Kernel, built: number, witnesses: Witnesses, hands: Hands) {
    this.#kernel = kernel;
    this.builtAt = built;
    this.#witnesses = witnesses;
    this.#hands = hands;
  }

  get bootId(): string {
    return this.#kernel.bootId;
  }

  /** Asks the witnesses again. What they said stands until then, as long as nobody sets the clock meanwhile. */
  async look(): Promise<void> {
    const { synchronised, batteries, mark } = this.#witnesses;
    const [isNow, told, made] = await Promise.all([synchronised(), batteries(), mark()]);
    const { wall, sinceBoot } = this.read();
    // A network that is lost again leaves a clock that was right, and is.
    if (isNow) this.#network = wall - sinceBoot;
    this.#batteries = told.map((battery) => battery - sinceBoot);
    this.#mark = made;
  }

  read(): Reading {
    return { wall: this.#kernel.wall(), sinceBoot: this.#kernel.sinceBoot() };
  }

  /**
   * Whether the time at a moment of this boot can be trusted.
   *
   * @param lastRecord when the last record with a trusted time was written, in milliseconds since 1970
   */
  judge(reading: Reading, lastRecord: number | undefined): Trust {
    return judge(
      reading,
      { clerk: this.#mark?.difference, network: this.#network, battery: this.#batteries },
      this.#bounds(lastRecord),
    );
  }

  /**
   * The best guess of the time, in milliseconds since 1970: what the wall clock says, unless it stands before what
   * has happened already; then the whole minute after that.
   *
   * @param lastRecord when the last record says that it was written, trusted or not
   */
  guess(lastRecord: number | undefined): number {
    const earliest = Math.max(this.builtAt, lastRecord ?? 0);
    const { wall } = this.read();
    return wall >= earliest ? wall : Math.ceil(earliest / minute) * minute;
  }

  /**
   * Sets the wall clock, on the word of whoever reads another one. It is believed only once it shows that time.
   *
   * @param time milliseconds since 1970
   * @param corrected the records had a wrong time: this one may lie before the last of them
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
    const set = await this.#hands.set(time);
    if (!set.ok) return set;
    const { wall, sinceBoot } = this.read();
    const passed = sinceBoot - before;
    if (wall < time - leeway || wall > time + passed + leeway) return err('clock-failed');
    const mark = {
      bootId: this.bootId,
      difference: wall - sinceBoot,
      corrected: corrected || this.#corrected,
    };
    try {
      await this.#hands.remember(mark);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return err('clock-failed');
    }
    await this.look();
    return set;
  }

  get #corrected(): boolean {
    return this.#mark?.corrected ?? false;
  }

  #bounds(lastRecord: number | undefined): Bounds {
    return { builtAt: this.builtAt, lastRecord: this.#corrected ? undefined : lastRecord };
  }
}

/** Where it is kept, beside the records, that somebody set the clock. */
export function markFileIn(folder: string): string {
  return join(folder, 'clock.json');
}

/** The clock of this machine. `look` has to be called before it trusts anything. */
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
