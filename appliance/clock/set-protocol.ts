import * as z from 'zod';

/** What the program that sets the clock is told, in one line: milliseconds since 1970, to the second. */
export const setRequest = z.strictObject({ set: z.number().int().multipleOf(1000) });

export const setFault = z.enum([
  /** The program may not set the clock: it runs without CAP_SYS_TIME. */
  'clock-denied',
  /** The system did not set it, or the program did not answer. */
  'clock-failed',
]);
export type SetFault = z.infer<typeof setFault>;

/** Whether the clock with a battery was set as well, so that the time is right after the next boot too. */
export const batterySet = z.enum(['set', 'absent', 'failed']);
export type BatterySet = z.infer<typeof batterySet>;

/** What it answers, in one line. */
export const setAnswer = z.union([
  z.strictObject({ set: z.literal(true), battery: batterySet }),
  z.strictObject({ set: z.literal(false), fault: setFault }),
]);
export type SetAnswer = z.infer<typeof setAnswer>;

/** Bytes; neither line is longer. */
export const longestLine = 100;
