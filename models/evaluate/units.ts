import type { Pairing } from '../experiment/pairing.js';

/** The units that count as independent in resampling and intervals. */
export type Units = {
  /** No person is in two genuine pairs, so their errors are independent trials. */
  readonly genuineIndependent: boolean;
  /** The unit of resampling: a person, or a whole pair if no two pairs share a person. */
  readonly over: 'persons' | 'pairs';
  readonly count: number;
  /** The unit of each person. */
  readonly of: Uint32Array;
};

export function unitsOf({ pictures, pairs, persons }: Pairing): Units {
  const of = Uint32Array.from({ length: persons }, (_, person) => person);
  const dependent = { genuineIndependent: false, over: 'persons', count: persons, of } as const;
  if (pairs === 'all') return dependent;
  const inGenuine = new Uint32Array(persons);
  const inAny = new Uint32Array(persons);
  for (const { document, probe, same } of pairs) {
    const [one, other] = [pictures[document].person, pictures[probe].person];
    for (const person of same ? [one] : [one, other]) inAny[person] += 1;
    if (same) inGenuine[one] += 1;
  }
  const genuineIndependent = inGenuine.every((times) => times <= 1);
  if (inAny.some((times) => times > 1)) return { ...dependent, genuineIndependent };
  pairs.forEach(({ document, probe }, pair) => {
    of[pictures[document].person] = pair;
    of[pictures[probe].person] = pair;
  });
  return { genuineIndependent, over: 'pairs', count: pairs.length, of };
}
