/** A stream of chance that is the same in every run: mulberry32, as T. Ettinger published it (public domain). */
export type Chance = {
  /** Between 0 and 1. */
  readonly next: () => number;
  readonly between: (least: number, most: number) => number;
  readonly either: <T>(...of: readonly T[]) => T;
};

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + (most - least) * next(),
    either: (...of) => of[Math.floor(next() * of.length)],
  };
}
