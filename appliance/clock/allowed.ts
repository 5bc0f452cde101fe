import * as z from 'zod';

import type { Bounds } from './trust.js';

/** Why a time is not one that the clock may be set to. */
export const notAllowed = z.enum(['before-software', 'too-late', 'before-record']);
export type NotAllowed = z.infer<typeof notAllowed>;

/** In milliseconds: no box serves for longer than this after its software was built, so a later year is a slip. */
const lifetime = 20 * 365.25 * 86_400_000;

/**
 * Whether the clock may be set to a time, in milliseconds since 1970. One before the last record is a slip, unless
 * whoever sets it says that the records had a wrong time; `bounds` then come without it.
 */
export function whyNotAllowed(time: number, { builtAt, lastRecord }: Bounds): NotAllowed | undefined {
  if (time < builtAt) return 'before-software';
  if (time > builtAt + lifetime) return 'too-late';
  return lastRecord !== undefined && time < lastRecord ? 'before-record' : undefined;
}
