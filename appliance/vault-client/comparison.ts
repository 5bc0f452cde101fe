import { falseMatchRate } from '../calibration/calibration.js';
import type { Comparison } from '../protocol/vault.js';
import type { Recogniser } from './vault.js';

/** A score of a vault, in ten-thousandths, with the false match rate that its recogniser's calibration gives for it. */
export function comparisonOf(
  { bounds, among, fewOfGroup }: Pick<Recogniser, 'bounds' | 'among' | 'fewOfGroup'>,
  tenThousandths: number,
): Comparison {
  const similarity = tenThousandths / 10_000;
  return {
    similarity,
    falseMatchRate: falseMatchRate(bounds, similarity),
    ...(among ? { among } : {}),
    ...(fewOfGroup ? { fewOfGroup } : {}),
  };
}
