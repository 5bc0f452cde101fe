import type { AnyEntry, Entry } from './entry.js';
import { localTime, offsetOf } from './local-time.js';

/** The records of one boot. */
export type Boot = {
  readonly boot: number;
  readonly records: number;
  /** Numbers of its first and last record. */
  readonly first: string;
  readonly last: string;
  /** How many have an untrusted time. */
  readonly untrusted: number;
};

/** A record with an untrusted time. */
export type Untrusted = Pick<Entry, 'number' | 'endedAt' | 'boot' | 'tick' | 'timeSource'> & {
  /** The true time, derived by ticks from a record of the same boot with a trusted time, in that record's offset. */
  readonly likely?: string;
};

export type Times = {
  readonly boots: readonly Boot[];
  readonly untrusted: readonly Untrusted[];
  /** Number of version 1 records, which have neither boot nor trust. */
  readonly unmarked: number;
};

/** Collects boots and untrusted times, entry by entry. */
export class TimesCollector {
  readonly #boots: Boot[] = [];
  readonly #untrusted: Untrusted[] = [];
  /** When each boot with a trusted time began, in milliseconds since 1970, and its minutes ahead of UTC. */
  readonly #bootTimes = new Map<number, { readonly begun: number; readonly east: number }>();
  #unmarked = 0;

  add(entry: AnyEntry): void {
    if (entry.version === 1) {
      this.#unmarked += 1;
      return;
    }
    const { number, endedAt, boot, tick, timeSource, timeTrusted } = entry;
    if (timeTrusted)
      this.#bootTimes.set(boot, { begun: Date.parse(endedAt) - tick, east: offsetOf(endedAt) });
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
    const known = this.#bootTimes.get(boot);
    return known ? { likely: localTime(new Date(known.begun + tick), known.east) } : {};
  }
}
