/** A seeded random number generator: the same seed gives the same sequence. */
export type Random = {
  /** In [0, 1). */
  readonly uniform: () => number;
  readonly between: (low: number, high: number) => number;
  /** An integer in [0, end). */
  readonly below: (end: number) => number;
  readonly oneOf: <T>(...of: readonly T[]) => T;
  /** Standard normal: mean 0, standard deviation 1. */
  readonly normal: () => number;
};

/** Mulberry32 (T. Ettinger), 32 bits of state. For noise and resampling, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(uniform() * end);
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below,
    oneOf: (...of) => of[below(of.length)],
    // Box–Muller transform (1958).
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
