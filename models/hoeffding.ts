/**
 * The one-sided upper confidence bound of a mean over pairs of persons, from Hoeffding (1963), "Probability inequalities
 * for sums of bounded random variables", theorem 1 and section 5a: the mean over all pairs of n persons is no less certain
 * than that over n/2 disjoint pairs. It assumes nothing on who resembles whom: one person may resemble everybody. At no
 * false match it equals the bound of Clopper and Pearson for as many trials. Where some persons are in many more pairs
 * than others, it holds of the disjoint pairs, and only nearly of all.
 *
 * @param mean share of false matches, 0 to 1
 * @param disjoint number of pairs in which nobody is twice
 */
export function upperBoundOfMean(mean: number, disjoint: number, confidence = 0.95): number {
  if (mean >= 1) return 1;
  const allowed = -Math.log(1 - confidence) / disjoint;
  let low = mean;
  let high = 1;
  // Bisect down to neighbouring floats; the upper one is the conservative choice.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (divergence(mean, middle) < allowed) low = middle;
    else high = middle;
  }
  return high;
}

/** The Kullback-Leibler divergence of two shares, in nats. */
function divergence(seen: number, supposed: number): number {
  const seenPart = seen > 0 ? seen * Math.log(seen / supposed) : 0;
  return seenPart + (1 - seen) * Math.log((1 - seen) / (1 - supposed));
}
