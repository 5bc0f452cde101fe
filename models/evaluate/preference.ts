import { shiftOf, type StratumResult } from './stratum-figures.js';
import { nameOf, type StratumName } from './stratification.js';

/** In which share of the draws the second of two recognisers is better, 0 to 1; null where no draw tells. */
export type Preference = StratumName & {
  /** Its d′ is larger. */
  readonly decidability: number | null;
  /** Its strangers are shifted less; null for any two, from which the shift is counted. */
  readonly shift: number | null;
};

/**
 * How sure it is which of two recognisers separates a stratum better: both were measured on the same pictures,
 * and draw i of the bootstrap takes the same persons for both, so that they are compared draw by draw.
 */
export function preferences(
  first: readonly StratumResult[],
  second: readonly StratumResult[],
): readonly Preference[] {
  return first.flatMap((one) => {
    const { stratum, group } = one.figures;
    const other = second.find(({ figures }) => figures.stratum === stratum && figures.group === group);
    if (!other) return [];
    const decidability = share(
      one.draws.map(({ decidability }) => decidability),
      other.draws.map(({ decidability }) => decidability),
    );
    const shift = stratum === 'any' ? null : share(shiftsOf(other, second[0]), shiftsOf(one, first[0]));
    return [{ ...nameOf(one.figures), decidability, shift }];
  });
}

function shiftsOf({ draws }: StratumResult, anyTwo: StratumResult): number[] {
  return draws.map(({ impostor }, draw) => shiftOf(impostor, anyTwo.draws[draw].impostor));
}

/** The share of places at which `larger` is larger, of those where both are numbers. */
function share(smaller: readonly number[], larger: readonly number[]): number | null {
  const told = larger.flatMap((value, i) => {
    const difference = value - smaller[i];
    return Number.isFinite(difference) ? [difference > 0] : [];
  });
  return told.length > 0 ? told.filter(Boolean).length / told.length : null;
}
