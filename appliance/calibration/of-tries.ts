/**
 * The false match rate of several comparisons in one visit, 0 to 1: how often a stranger reaches the score at least once.
 * By Boole's inequality it is at most the sum of their rates (the Bonferroni correction), whether or not they depend on
 * each other. Photographs of one person taken a minute apart do.
 *
 * @param rate the upper bound for one comparison, 0 to 1; the result is a bound with the same confidence
 * @param comparisons how many were made, 1 or more
 */
export function ofTries(rate: number, comparisons: number): number {
  return Math.min(1, comparisons * rate);
}
