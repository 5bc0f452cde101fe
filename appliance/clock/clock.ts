import { join } from 'node:path';

import { batteryClocks } from './battery.js';
import { builtAt } from './built.js';
import { type Kernel, thisKernel } from './kernel.js';
import { type Mark, readMark } from './mark.js';
import { isSynchronised } from './network.js';
import { judge, type Reading, type Trust } from './trust.js';

/** What the clock asks for its trust. */
export type Witnesses = {
  readonly synchronised: () => Promise<boolean>;
  /** Milliseconds since 1970, by each clock with a battery. */
  readonly batteries: () => Promise<readonly number[]>;
  readonly mark: () => Promise<Mark | undefined>;
};

/** The wall clock with what is known of its truth, and beside it the time since boot, which needs no trust. */
export class Clock {
  /** When this software was built, in milliseconds since 1970. */
  readonly builtAt: number;
  readonly #kernel: Kernel;
  readonly #witnesses: Witnesses;
  #mark: Mark | undefined;
  #network: number | undefined;
  #batteries: readonly number[] = [];

  constructor(kernel: Kernel, built: number, witnesses: Witnesses) {
    this.#kernel = kernel;
    this.builtAt = built;
    this.#witnesses = witnesses;
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
      { builtAt: this.builtAt, lastRecord: this.#mark?.corrected ? undefined : lastRecord },
    );
  }
}

/** Where it is kept, beside the records, that somebody set the clock. */
export function markFileIn(folder: string): string {
  return join(folder, 'clock.json');
}

/** The clock of this machine. `look` has to be called before it trusts anything. */
export function clockOf(stateFolder: string): Clock {
  const kernel = thisKernel();
  return new Clock(kernel, builtAt(), {
    synchronised: isSynchronised,
    batteries: batteryClocks,
    mark: () => readMark(markFileIn(stateFolder), kernel.bootId),
  });
}
