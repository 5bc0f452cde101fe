/**
 * The one-sided upper bound of Clopper and Pearson (1934) for a share of which `events` were seen in `trials`:
 * the share at which so few events or fewer would be seen with a probability of 1 - `confidence`.
 */
export function upperBound(events: number, trials: number, confidence = 0.95): number {
  if (events >= trials) return 1;
  let low = events / trials;
  let high = 1;
  // Halving until the two are neighbouring numbers; the upper one errs on the safe side.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (atMost(events, trials, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability of at most `events` events in `trials` trials, each with probability `share`. */
function atMost(events: number, trials: number, share: number): number {
  let term = Math.log1p(-share) * trials;
  let sum = Math.exp(term);
  for (let count = 1; count <= events; count++) {
    term += Math.log((trials - count + 1) / count) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(term);
  }
  return sum;
}
