/**
 * The one-sided upper bound of Clopper and Pearson (1934) for a share of which `events` were seen in `trials`:
 * the share at which so few events or fewer would be seen with a probability of 1 - `confidence`.
 */
export function upperBound(events: number, trials: number, confidence = 0.95): number {
  if (events >= trials) return 1;
  const probability = events > many ? atMostOfMany : atMost;
  let low = events / trials;
  let high = 1;
  // Halving until the two are neighbouring numbers; the upper one errs on the safe side.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (probability(events, trials, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** An interval that holds the true share. */
export type Interval = { readonly low: number; readonly high: number };

/** The two-sided interval of Clopper and Pearson (1934): each side errs with half of 1 - `confidence`. */
export function interval(events: number, trials: number, confidence = 0.95): Interval {
  const oneSided = (1 + confidence) / 2;
  return {
    low: 1 - upperBound(trials - events, trials, oneSided),
    high: upperBound(events, trials, oneSided),
  };
}

/** Beyond this many events the sum is not begun at none, but at its largest term. */
const many = 1000;

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

/** The same from the last term down, for shares above `events` / `trials`: there the terms only shrink. */
function atMostOfMany(events: number, trials: number, share: number): number {
  let term = exactly(events, trials, share);
  let sum = term;
  for (let count = events; count > 0 && term > sum * 1e-16; count--) {
    term *= (count * (1 - share)) / ((trials - count + 1) * share);
    sum += term;
  }
  return sum;
}

/** The probability of exactly `events` in `trials`, by the saddle-point expansion of Loader (2000). */
function exactly(events: number, trials: number, share: number): number {
  const misses = trials - events;
  const exponent =
    beyondStirling(trials) -
    beyondStirling(events) -
    beyondStirling(misses) -
    deviance(events, trials * share) -
    deviance(misses, trials * (1 - share));
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * events * misses));
}

function deviance(seen: number, expected: number): number {
  return seen * Math.log(seen / expected) + expected - seen;
}

/** What Stirling's formula leaves of the logarithm of n!. */
function beyondStirling(n: number): number {
  if (n > 15) return 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  let factorial = 1;
  for (let factor = 2; factor <= n; factor++) factorial *= factor;
  return Math.log(factorial) - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
}
