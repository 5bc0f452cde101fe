import * as z from 'zod';

import { latestTime, lowerLimit } from './plausible.js';
import type { Bounds } from './trust.js';

/** Why the clock may not be set to a time. */
export const notAllowed = z.enum(['before-software', 'too-late', 'before-record']);
export type NotAllowed = z.infer<typeof notAllowed>;

/**
 * Checks a time that the clock is to be set to, in milliseconds since 1970. A time before the last record is taken for
 * a typing error. If the clerk says that the record's time was wrong, leave it out of `bounds`.
 */
export function whyNotAllowed(time: number, { builtAt, lastRecord }: Bounds): NotAllowed | undefined {
  if (time < builtAt) return 'before-software';
  if (time > latestTime(builtAt)) return 'too-late';
  return time < (lowerLimit(lastRecord, builtAt) ?? builtAt) ? 'before-record' : undefined;
}
