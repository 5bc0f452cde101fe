import type { AnyEntry, Entry } from './entry.js';
import { localTime } from './local-time.js';

/** What the records of one boot have to say of their time. */
export type Boot = {
  readonly boot: number;
  readonly records: number;
  /** Numbers of the first and the last record. */
  readonly first: string;
  readonly last: string;
  /** How many of them have a time that was not trusted. */
  readonly untrusted: number;
};

/** A record with a time that was not trusted. */
export type Untrusted = Pick<Entry, 'number' | 'endedAt' | 'boot' | 'tick' | 'timeSource'> & {
  /** The true time, where another record of the same boot has one: the ticks tell how far apart they are. */
  readonly likely?: string;
};

export type Times = {
  readonly boots: readonly Boot[];
  readonly untrusted: readonly Untrusted[];
  /** How many records were written before there were boots and trust. */
  readonly unmarked: number;
};

/** Gathers, entry by entry, which boots there were and which times cannot be relied on. */
export class Timesheet {
  readonly #boots: Boot[] = [];
  readonly #untrusted: Untrusted[] = [];
  /** Of each boot with a trusted time, when it began, in milliseconds since 1970. */
  readonly #begun = new Map<number, number>();
  #unmarked = 0;

  add(entry: AnyEntry): void {
    if (entry.version === 1) {
      this.#unmarked += 1;
      return;
    }
    const { number, endedAt, boot, tick, timeSource, timeTrusted } = entry;
    if (timeTrusted) this.#begun.set(boot, Date.parse(endedAt) - tick);
    else this.#untrusted.push({ number, endedAt, boot, tick, timeSource });
    const before = this.#boots.at(-1)?.boot === boot ? this.#boots.pop() : undefined;
    this.#boots.push({
      boot,
      records: (before?.records ?? 0) + 1,
      first: before?.first ?? number,
      last: number,
      untrusted: (before?.untrusted ?? 0) + (timeTrusted ? 0 : 1),
    });
  }

  get times(): Times {
    return {
      boots: this.#boots,
      untrusted: this.#untrusted.map((record) => ({ ...record, ...this.#likely(record) })),
      unmarked: this.#unmarked,
    };
  }

  #likely({ boot, tick }: Untrusted): { likely?: string } {
    const begun = this.#begun.get(boot);
    return begun === undefined ? {} : { likely: localTime(new Date(begun + tick)) };
  }
}
