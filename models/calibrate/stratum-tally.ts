import type { CalibratedStratum } from '../../appliance/calibration/calibration.js';
import type { Traits } from '../experiment/strata.js';
import { binOf, emptyTally, totalOf } from '../experiment/tally.js';
import { pointsOf } from './points.js';
import { StrangerPairs } from './stranger-pairs.js';

/** The scores of strangers in one stratum, and who was compared with whom. */
export class StratumTally {
  readonly #scores = emptyTally().impostor;
  readonly #pairs: StrangerPairs;
  readonly #persons: number;

  constructor(persons: number) {
    this.#persons = persons;
    this.#pairs = new StrangerPairs(persons);
  }

  add(one: number, other: number, score: number): void {
    this.#scores[binOf(score)] += 1;
    this.#pairs.add(one, other);
  }

  /** Undefined if nobody was compared. */
  result(traits: readonly Traits[] | undefined): CalibratedStratum | undefined {
    const comparisons = totalOf(this.#scores);
    if (comparisons === 0) return undefined;
    const compared = [...Array(this.#persons).keys()].filter((person) => this.#pairs.has(person));
    const independent = this.#pairs.disjoint();
    return {
      people: compared.length,
      groups: groupsOf(compared.flatMap((person) => traits?.[person].ethnicity ?? [])),
      comparisons,
      independent,
      points: pointsOf(this.#scores, independent),
    };
  }
}

function groupsOf(ethnicities: readonly string[]): CalibratedStratum['groups'] {
  const groups: CalibratedStratum['groups'] = {};
  for (const one of ethnicities) groups[one] = (groups[one] ?? 0) + 1;
  return groups;
}
