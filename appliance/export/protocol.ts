import * as z from 'zod';

/**
 * The exporter's only door: one JSON object a line. The core hands the records over through it, so that this program
 * never sees the folder in which they lie; and what the stick holds never comes back through it.
 */

/** Bytes of the record file that are handed over at a time. */
export const longestPiece = 32 * 1024;

const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** Bytes; a piece in base64 and the words around it. */
export const longestRequest = base64Length(longestPiece) + 100;
export const longestMessage = 200;

/** Why the records are not on the stick. */
export const exportFault = z.enum([
  'no-stick',
  'stick-unreadable',
  /** Its lock is on, or nobody may write to it. */
  'stick-read-only',
  'stick-full',
  'stick-lost',
  'write-failed',
  /** What is read back is not what was written. */
  'not-the-same',
  /** Another program has the stick. */
  'busy',
  'no-records',
  'records-unreadable',
  /** The exporter itself did not answer, or talked nonsense. */
  'no-answer',
]);
export type ExportFault = z.infer<typeof exportFault>;

const number = z.string().regex(/^\d{4}-\d{4,9}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a copy of the records is known by. */
export const label = z.strictObject({
  /** The first and the last record; absent where not even the first can be read. */
  span: z.strictObject({ first: number, last: number }).optional(),
  /** What tells this box from others: the beginning of the first record's sha256. */
  box: z.string().regex(/^[0-9a-f]{8}$/),
});
export type Label = z.infer<typeof label>;

/**
 * What the core asks. `begin` opens a copy of so many bytes, each `piece` adds to it, and `finish` is obeyed only if
 * all of it has come. The bytes go as they are: a broken chain is evidence, and is taken out as it is.
 */
export const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('look') }),
  z.strictObject({ do: z.literal('begin'), label, bytes: z.number().int().min(1) }),
  z.strictObject({ do: z.literal('piece'), base64: z.base64().min(4).max(base64Length(longestPiece)) }),
  z.strictObject({ do: z.literal('finish'), sha256 }),
  z.strictObject({ do: z.literal('cancel') }),
]);
export type Request = z.infer<typeof request>;

/** The name of a copy on the stick. */
export const copyName = z
  .string()
  .max(80)
  .regex(/^terashi-records-[0-9a-z-]+\.jsonl$/);

/** What the exporter answers: to each request one of these, after any number of `progress`. */
export const message = z.discriminatedUnion('is', [
  /** To `look`. */
  z.strictObject({ is: z.enum(['stick', 'no-stick']) }),
  /** To `begin` and `piece`: the next piece may come. */
  z.strictObject({ is: z.literal('ready') }),
  /** To `finish`, before the answer: how much of it was read back. */
  z.strictObject({ is: z.literal('progress'), fraction: z.number().min(0).max(1) }),
  z.strictObject({ is: z.literal('done'), name: copyName }),
  z.strictObject({ is: z.literal('cancelled') }),
  z.strictObject({ is: z.literal('failed'), why: exportFault }),
]);
export type Message = z.infer<typeof message>;
export type Answer = Exclude<Message, { is: 'progress' }>;
