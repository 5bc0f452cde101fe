import type { AnyEntry } from './entry.js';
import type { Outcome } from './outcome.js';

/** The visits that ended in one month of the counter's local time. */
export type Month = {
  /** `2026-12`. */
  readonly month: string;
  /** Visits with an outcome, without practice. */
  readonly visits: number;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Visits in which each finding was made of a picture. */
  readonly findings: Readonly<Record<string, number>>;
  /** Visits that a power cut ended, practice among them: their last line does not tell. */
  readonly interrupted: number;
  readonly practice: number;
};

type Counting = {
  visits: number;
  outcomes: Partial<Record<Outcome, number>>;
  findings: Record<string, number>;
  interrupted: number;
  practice: number;
};

/** Counts records by month. Nothing of a single visit is in it. */
export class Summary {
  readonly #months = new Map<string, Counting>();

  /** Takes in one line of the record file; lines may come in any order. */
  add(entry: AnyEntry): void {
    if ('vendor' in entry || ('kind' in entry && entry.kind === 'begun')) return;
    const month = this.#monthOf(entry.endedAt);
    if ('kind' in entry) month.interrupted += 1;
    else if (entry.practice) month.practice += 1;
    else {
      month.visits += 1;
      count(month.outcomes, entry.outcome);
      for (const code of new Set(entry.findings.map((finding) => finding.code))) count(month.findings, code);
    }
  }

  /** In the order of time. */
  get months(): readonly Month[] {
    return [...this.#months.entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, counted]) => ({ month, ...counted }));
  }

  #monthOf(time: string): Counting {
    const name = time.slice(0, 'YYYY-MM'.length);
    const known = this.#months.get(name);
    if (known) return known;
    const counting = { visits: 0, outcomes: {}, findings: {}, interrupted: 0, practice: 0 };
    this.#months.set(name, counting);
    return counting;
  }
}

function count<Name extends string>(counts: Partial<Record<Name, number>>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
