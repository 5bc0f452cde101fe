import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a promise, and throws when it does not settle in time. @param what it waits for, named in the error */
export async function within<T>(what: string, timeoutMs: number, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
