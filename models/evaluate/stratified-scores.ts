import type { Random } from '../random.js';
import { Scores } from './scores.js';
import type { Stratification, StratumName } from './stratification.js';

/** The scores of one stratum: of its strangers, and of each of them with themselves. */
export type StratumScores = {
  readonly name: StratumName;
  readonly scores: Scores;
  readonly persons: Set<number>;
};

/** Scores by stratum. */
export class StratifiedScores {
  readonly strata: readonly StratumScores[];

  constructor(
    private readonly stratification: Stratification,
    private readonly unitOf: ArrayLike<number>,
    random: Random,
  ) {
    this.strata = stratification.names.map((name) => ({
      name,
      scores: new Scores(random),
      persons: new Set(),
    }));
  }

  /** Takes the score of two pictures of these persons, who may be one. */
  add(one: number, other: number, score: number): void {
    const same = one === other;
    const places = same ? this.stratification.of[one] : this.stratification.between(one, other);
    for (const place of places) {
      const { scores, persons } = this.strata[place];
      scores.add(same, this.unitOf[one], this.unitOf[other], score);
      if (!same) persons.add(one).add(other);
    }
  }
}
