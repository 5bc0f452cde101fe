import { setImmediate, setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';

type Options = {
  /** Below mocha's timeout by default, so that the error says what was waited for. */
  readonly timeoutMs?: number;
  /** 0 polls at every turn of the event loop. */
  readonly intervalMs?: number;
  /** What the error shows as last seen; by default what `probe` returned. */
  readonly seen?: () => unknown;
};

/** Polls `probe` until it returns something truthy, and returns that. Throws on timeout. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  { timeoutMs = 30_000, intervalMs = 10, seen }: Options = {},
): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found as Exclude<T, undefined | null | false | 0 | ''>;
    if (performance.now() > deadline) {
      const last = inspect(seen ? seen() : found);
      throw new Error(`waited ${timeoutMs / 1000} s for ${what}; last seen: ${last}`);
    }
    await (intervalMs === 0 ? setImmediate() : setTimeout(intervalMs));
  }
}
