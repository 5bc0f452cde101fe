import * as z from 'zod';

import { version } from './version.js';

/**
 * The updater's only door: one JSON object a line. What the stick holds never comes through it, save the version of a
 * bundle whose signature was checked.
 */
export const longestLine = 200;

/** Why a stick's bundle is not taken, or was not installed. */
export const updateFault = z.enum([
  'no-stick',
  'stick-unreadable',
  /** It is signed by nobody whom this box trusts. */
  'foreign-key',
  /** It is cut off, changed, or no bundle at all. */
  'torn',
  /** It is made for another kind of box. */
  'other-box',
  'not-newer',
  /** The bundle is another one than was agreed to. */
  'changed',
  /** No other slot here to install to, or nobody who would. */
  'not-set-up',
  'busy',
  'stick-lost',
  'write-failed',
  'restart-failed',
  /** The updater itself did not answer, or talked nonsense. */
  'no-answer',
]);
export type UpdateFault = z.infer<typeof updateFault>;

/** Why a version that was installed is not the one that runs. */
export const returnedBecause = z.enum([
  /** It ran, and its self-test found a fault. */
  'self-test-failed',
  /** It never came so far as to test itself. */
  'did-not-start',
  /** The power went while it was installed. */
  'interrupted',
]);
export type ReturnedBecause = z.infer<typeof returnedBecause>;

/**
 * What the core asks. `install` names the version that the clerk agreed to; `restart` is obeyed only after it was
 * installed over the same connection; `cancel` stops an installation while nothing is written yet.
 */
export const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('look') }),
  z.strictObject({ do: z.literal('install'), version }),
  z.strictObject({ do: z.literal('cancel') }),
  z.strictObject({ do: z.literal('restart') }),
  z.strictObject({ do: z.literal('status') }),
  /** The clerk has read that the box returned to its old version. */
  z.strictObject({ do: z.literal('forget') }),
]);
export type Request = z.infer<typeof request>;

/** The version that starts at the next start, is on trial since the last one, or from which the box returned. */
export const trial = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('installed'), version }),
  z.strictObject({ is: z.literal('under-way'), version }),
  z.strictObject({ is: z.literal('returned'), version, why: returnedBecause }),
]);
export type Trial = z.infer<typeof trial>;

/** What the updater answers: to each request but `cancel` one of these, after any number of `progress`. */
export const message = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('nothing') }),
  z.strictObject({ is: z.literal('found'), version }),
  z.strictObject({ is: z.literal('refused'), why: updateFault }),
  z.strictObject({
    is: z.literal('progress'),
    fraction: z.number().min(0).max(1),
    /** From now on the other slot is written, and nothing stops it. */
    writing: z.boolean(),
  }),
  z.strictObject({ is: z.literal('cancelled') }),
  z.strictObject({ is: z.literal('installed') }),
  z.strictObject({ is: z.literal('failed'), why: updateFault }),
  z.strictObject({ is: z.literal('restarting') }),
  z.strictObject({ is: z.literal('status'), running: version, trial: trial.optional() }),
  z.strictObject({ is: z.literal('forgotten') }),
]);
export type Message = z.infer<typeof message>;
export type Progress = Omit<Extract<Message, { is: 'progress' }>, 'is'>;
