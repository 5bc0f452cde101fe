/**
 * The one-sided upper confidence bound of Clopper and Pearson (1934) for a proportion with `events` seen in
 * `trials`: the proportion at which the probability of so few events or fewer is 1 - `confidence`.
 */
export function upperBound(events: number, trials: number, confidence = 0.95): number {
  if (events >= trials) return 1;
  const probability = events > many ? atMostOfMany : atMost;
  let low = events / trials;
  let high = 1;
  // Bisect down to neighbouring floats; the upper one is the conservative choice.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (probability(events, trials, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** A confidence interval for a proportion. */
export type Interval = { readonly low: number; readonly high: number };

/** The two-sided interval of Clopper and Pearson (1934), with half of 1 - `confidence` on each side. */
export function interval(events: number, trials: number, confidence = 0.95): Interval {
  const oneSided = (1 + confidence) / 2;
  return {
    low: 1 - upperBound(trials - events, trials, oneSided),
    high: upperBound(events, trials, oneSided),
  };
}

/** Above this many events, sum from the largest term down instead of from zero events up. */
const many = 1000;

/** The probability of at most `events` events in `trials` trials of probability `share`. */
function atMost(events: number, trials: number, share: number): number {
  let term = Math.log1p(-share) * trials;
  let sum = Math.exp(term);
  for (let count = 1; count <= events; count++) {
    term += Math.log((trials - count + 1) / count) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(term);
  }
  return sum;
}

/**
 * The same, summed from the last term down. Valid for shares above `events` / `trials`, where the terms only
 * shrink.
 */
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

/** The error of Stirling's approximation of ln(n!). */
function beyondStirling(n: number): number {
  if (n > 15) return 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  let factorial = 1;
  for (let factor = 2; factor <= n; factor++) factorial *= factor;
  return Math.log(factorial) - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
}
