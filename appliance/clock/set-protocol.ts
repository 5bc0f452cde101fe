import * as z from 'zod';

/** The request to the program that sets the clock, in one line: milliseconds since 1970, to the second. */
export const setRequest = z.strictObject({ set: z.number().int().multipleOf(1000) });

export const setFault = z.enum([
  /** The program has no CAP_SYS_TIME. */
  'clock-denied',
  /** The system call failed, or the program did not answer. */
  'clock-failed',
]);
export type SetFault = z.infer<typeof setFault>;

/** Whether the battery-backed clock was set too. If so, the time is still right after the next boot. */
export const batterySet = z.enum(['set', 'absent', 'failed']);
export type BatterySet = z.infer<typeof batterySet>;

/** The answer, in one line. */
export const setAnswer = z.union([
  z.strictObject({ set: z.literal(true), battery: batterySet }),
  z.strictObject({ set: z.literal(false), fault: setFault }),
]);
export type SetAnswer = z.infer<typeof setAnswer>;

/** Largest size of either line, in bytes. */
export const longestLine = 100;
