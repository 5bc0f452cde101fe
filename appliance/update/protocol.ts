import * as z from 'zod';

import { unusableStick } from '../protocol/unusable-stick.js';
import { vendorFault } from '../protocol/vendor.js';
import { token } from '../vendor/token.js';
import { version } from './version.js';

/**
 * The updater's protocol: one JSON object per line, at most so many bytes. No content of a stick passes through it but
 * the version of a bundle, and a vendor's token, whose signatures were verified.
 */
export const longestLine = 200;

/** Why a bundle is refused, or was not installed. */
export const updateFault = z.enum([
  'no-stick',
  ...unusableStick.options,
  'stick-unreadable',
  /** There is a stick, and no bundle in its top folder. */
  'no-update',
  /** More bundles than can be looked at in time: whether the newest was seen is not known. */
  'too-many-updates',
  /** Not signed by a key that this box trusts. */
  'foreign-key',
  /** Truncated, changed, or not a bundle. */
  'torn',
  /** Made for another kind of box. */
  'other-box',
  'not-newer',
  /** Not the bundle that the clerk agreed to. */
  'changed',
  /** This box has no second slot, or no rauc service. */
  'not-set-up',
  'busy',
  'stick-lost',
  'write-failed',
  'restart-failed',
  /** The updater did not answer, or broke the protocol. */
  'no-answer',
]);
export type UpdateFault = z.infer<typeof updateFault>;

/** Why the box returned from an installed version to the old one. */
export const returnedBecause = z.enum([
  /** Its self-test found a fault. */
  'self-test-failed',
  /** It never got as far as its self-test. */
  'did-not-start',
  /** The power failed during the installation. */
  'interrupted',
]);
export type ReturnedBecause = z.infer<typeof returnedBecause>;

/**
 * Requests of the core. `install` names the version that the clerk agreed to. `restart` is accepted only after an
 * installation over the same connection. `cancel` stops an installation that has not begun to write.
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

/** The version that the next boot starts, that is on trial now, or from which the box returned. */
const trial = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('installed'), version }),
  z.strictObject({ is: z.literal('under-way'), version }),
  z.strictObject({ is: z.literal('returned'), version, why: returnedBecause }),
]);
export type Trial = z.infer<typeof trial>;

/** One answer to each request but `cancel`, after any number of `progress`. */
export const message = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('nothing') }),
  z.strictObject({ is: z.literal('found'), version }),
  z.strictObject({ is: z.literal('refused'), why: updateFault }),
  /** Also to `look`: a stick with a vendor's token is for that alone. */
  z.strictObject({ is: z.literal('token'), token }),
  z.strictObject({ is: z.literal('token-refused'), why: vendorFault }),
  z.strictObject({
    is: z.literal('progress'),
    fraction: z.number().min(0).max(1),
    /** The other slot is being written; it can no longer be cancelled. */
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
