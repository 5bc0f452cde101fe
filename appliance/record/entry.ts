import * as z from 'zod';

import { timeSource } from '../clock/trust.js';
import { faultCode, finding } from '../findings.js';
import { tokenId, vendorDeed, vendorFault } from '../protocol/vendor.js';
import { inForce } from './in-force.js';
import { outcome } from './outcome.js';
import { bootNumber } from './boot.js';
import { tpmNote } from './tpm-note.js';

const fraction = z.number().min(0).max(1);
const count = z.number().int().min(0).max(99);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Result of the challenge: whether a live person was in front of the camera. */
export const liveness = z.enum(['passed', 'failed', 'not-checked']);
export type Liveness = z.infer<typeof liveness>;

/** The document with the portrait: the card itself (visits at issue), or the application form. */
export const way = z.enum(['card', 'form']);

/** When faces are compared: if the clerk doubts, or always unless the likeness is easy to see and certain. */
export const policy = z.enum(['in-doubt', 'always']);

/** Why a visit ended. */
export const because = z.enum(['decided', 'cancelled', 'timed-out', 'fault']);

/** What remains of a visit: its reason, outcome and threshold. Nothing about the person. */
export const visitReport = z.strictObject({
  way,
  policy,
  outcome,
  because,
  fault: faultCode.optional(),
  /** Of the last comparison, if there was one. */
  similarity: fraction.optional(),
  /** Of the first comparison, and the lowest of all. Absent in records from before tries were counted. */
  firstSimilarity: fraction.optional(),
  lowestSimilarity: fraction.optional(),
  /** Upper bound of how often a stranger reaches the last score in all comparisons; in one, where `photographs` is absent. */
  falseMatchRate: fraction.optional(),
  threshold: fraction.optional(),
  /** Set if the clerk decided against the number, or asked a superior. */
  decision: z.enum(['hand-over', 'do-not-hand-over', 'ask-superior']).optional(),
  /** Of the last photograph. Absent if the settings ask for no challenge, or no photograph was taken. */
  liveness: liveness.optional(),
  /** Pictures taken of each side, usable or not. Absent in records from before they were counted. */
  photographs: count.optional(),
  scans: count.optional(),
  comparisons: count,
  findings: z.array(finding).max(20),
  practice: z.boolean(),
  /** Whether any picture had been taken, and so had to be erased. */
  pictures: z.boolean(),
  /** Of which strangers `falseMatchRate` is; of any if absent. Whether too few of the counter's own group were measured. */
  among: z.enum(['sameGender', 'alike']).optional(),
  fewOfGroup: z.literal(true).optional(),
});
export type VisitReport = z.infer<typeof visitReport>;

// In every version.
const head = {
  /** `2026-0417`: the year and a serial number within it. */
  number: z.string().regex(/^\d{4}-\d{4,9}$/),
  /** When what the line tells happened, for a visit its end, with the offset of local time (ISO 8601). */
  endedAt: z.iso.datetime({ offset: true }),
};
const place = {
  municipality: z.string().max(40),
  counter: z.string().max(40),
  software: z.string().max(40),
};
/** sha256 of the line before, without its newline; 64 zeros in the first entry. */
const previous = sha256;
const rest = {
  ...place,
  /** Tells which recogniser compared: sha256 of its ONNX file, or of a fusion's members; absent if no vault was ever ready. */
  model: sha256.optional(),
  ...visitReport.shape,
  previous,
};

const first = z.strictObject({ version: z.literal(1), ...head, ...rest });

/** Since version 2. */
const moment = {
  ...head,
  /** The boot of the machine in which the visit ended, counted from 1. */
  boot: bootNumber,
  /**
   * Milliseconds from that boot to the end of the visit (CLOCK_BOOTTIME), always more than in the entry before.
   * Ticks order the entries and tell how far apart they are: one trusted time dates all entries of its boot.
   */
  tick: z.number().int().min(0),
  timeTrusted: z.boolean(),
  timeSource,
  /** Made on an image for trying a board: nothing that happened at a counter. */
  debugImage: z.literal(true).optional(),
};

const hasSource = ({ timeTrusted, timeSource }: { timeTrusted: boolean; timeSource: string }): boolean =>
  !timeTrusted || timeSource !== 'none';

/** A visit, in the current version. */
export const newEntry = z.strictObject({ version: z.literal(2), ...moment, ...rest }).refine(hasSource);

/** What a vendor did between two visits with a token on a stick, and nothing of what was found. */
export const vendorReport = z.strictObject({
  vendor: vendorDeed,
  /** Of the token; absent where its signature was not verified. */
  token: tokenId.optional(),
  /** Why it was refused. */
  why: vendorFault.optional(),
});
export type VendorReport = z.infer<typeof vendorReport>;

/** What a vendor did: no visit, but numbered and chained like one. */
export const vendorEntry = z
  .strictObject({ version: z.literal(3), ...moment, ...place, ...vendorReport.shape, previous })
  .refine(hasSource);

/**
 * That a visit begins, written before the visitor is shown anything. The visit keeps its number; its end is a line of
 * version 2 with the same one, or `interruptedEntry`.
 */
export const begunEntry = z
  .strictObject({
    version: z.literal(4),
    kind: z.literal('begun'),
    ...moment,
    ...place,
    practice: z.boolean(),
    inForce,
    /** In the first such line of a file from before heads were signed with this key: how many lines it did not cover. */
    unsignedBefore: z.number().int().min(1).optional(),
    /** What the box noticed of its TPM since the visit before; absent where there is nothing to say. */
    tpm: z.array(tpmNote).min(1).max(tpmNote.options.length).optional(),
    previous,
  })
  .refine(hasSource);

/** That a visit which began never ended: the core or the box stopped within it. Written at the next start. */
export const interruptedEntry = z
  .strictObject({ version: z.literal(4), kind: z.literal('interrupted'), ...moment, ...place, previous })
  .refine(hasSource);

/**
 * One line of the record file, numbered, dated and chained to the line before: a visit (versions 1 and 2), what a
 * vendor did (version 3), or the beginning or interruption of a visit (version 4). Version 1 has neither boots nor trust
 * in its clock. Files that begin with it stay readable.
 */
export const entry = z.discriminatedUnion('version', [
  first,
  newEntry,
  vendorEntry,
  z.discriminatedUnion('kind', [begunEntry, interruptedEntry]),
]);
export type Entry = z.infer<typeof newEntry>;
export type VendorEntry = z.infer<typeof vendorEntry>;
export type BegunEntry = z.infer<typeof begunEntry>;
export type InterruptedEntry = z.infer<typeof interruptedEntry>;
export type AnyEntry = z.infer<typeof entry>;
