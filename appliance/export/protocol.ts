import * as z from 'zod';

import { shortNumber } from '../protocol/vendor.js';
import { unusableStick } from '../protocol/unusable-stick.js';

/**
 * The exporter's protocol: one JSON object per line. The core sends the records, or a report of a vendor's test, through
 * it, so this program never sees their folder. No content of the stick comes back.
 */

/** Bytes of the record file in one request. */
export const longestPiece = 32 * 1024;

/** Bytes of the longest file beside a copy: a head holds a record. */
const longestBeside = { sig: 1024, head: 16 * 1024, pub: 256 };

const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** Bytes: a piece in base64, and the JSON around it. */
export const longestRequest = base64Length(longestPiece) + 100;
export const longestMessage = 200;

/** Why the records are not on the stick. */
export const exportFault = z.enum([
  'no-stick',
  ...unusableStick.options,
  'stick-unreadable',
  /** Locked by its switch, or not writable. */
  'stick-read-only',
  'stick-full',
  'stick-lost',
  'write-failed',
  /** The data read back differs from the data written. */
  'not-the-same',
  /** Another program has the stick. */
  'busy',
  'no-records',
  'records-unreadable',
  /** The settings name a key for copies that is none. */
  'key-unusable',
  /** The exporter did not answer, or broke the protocol. */
  'no-answer',
]);
export type ExportFault = z.infer<typeof exportFault>;

/** Who can read a copy: anybody who gets hold of it, or whoever holds the municipality's key. */
export const readers = z.enum(['anybody', 'key-holder']);
export type Readers = z.infer<typeof readers>;

const number = z.string().regex(/^\d{4}-\d{4,9}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Identifies a copy of the records. */
const recordsLabel = z.strictObject({
  /** First and last record; absent if not even the first can be read. */
  span: z.strictObject({ first: number, last: number }).optional(),
  /** Identifies the box: the beginning of the first record's sha256. */
  box: z.string().regex(/^[0-9a-f]{8}$/),
  /** Readable by anybody, or encrypted. */
  as: z.enum(['jsonl', 'age']),
});
export type RecordsLabel = z.infer<typeof recordsLabel>;

/** Identifies a report of a vendor's test of a box. */
const reportLabel = z.strictObject({
  report: z.enum(['bench-test', 'doctor']),
  /** The number of the box; zeros where it has none. */
  box: shortNumber,
  /** Year to minute, `202611301432`. */
  at: z.string().regex(/^\d{12}$/),
  as: z.enum(['txt', 'json']),
});
export type ReportLabel = z.infer<typeof reportLabel>;

const label = z.union([recordsLabel, reportLabel]);
export type Label = z.infer<typeof label>;

const besideFile = (bytes: number) => z.base64().min(4).max(base64Length(bytes)).optional();

/**
 * Files beside a copy, in base64: its signature, and for readable records the signed head of their chain and the public
 * key of the box.
 */
const beside = z.strictObject({
  sig: besideFile(longestBeside.sig),
  head: besideFile(longestBeside.head),
  pub: besideFile(longestBeside.pub),
});
export type Beside = z.infer<typeof beside>;

/**
 * Requests of the core. `begin` opens a copy of so many bytes, each `piece` appends to it, and `finish` succeeds only if
 * all bytes have come. The bytes are copied unchanged: a broken chain is evidence.
 */
export const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('look') }),
  z.strictObject({ do: z.literal('begin'), label, bytes: z.number().int().min(1) }),
  z.strictObject({ do: z.literal('piece'), base64: z.base64().min(4).max(base64Length(longestPiece)) }),
  z.strictObject({ do: z.literal('finish'), sha256, beside }),
  z.strictObject({ do: z.literal('cancel') }),
]);
export type Request = z.infer<typeof request>;

/** The name of a copy of the records, or of a report, on the stick. */
export const copyName = z
  .string()
  .max(80)
  .regex(/^terashi-(records-[0-9a-z-]+\.(jsonl|age)|(bench-test|doctor)-[0-9a-f]{12}-[0-9-]+\.(txt|json))$/);

/** One answer to each request, after any number of `progress`. */
export const message = z.discriminatedUnion('is', [
  /** To `look`: a stick that cannot be used is there too, and `begin` tells why. */
  z.strictObject({ is: z.enum(['stick', 'no-stick']) }),
  /** To `begin` and `piece`: ready for the next piece. */
  z.strictObject({ is: z.literal('ready') }),
  /** To `finish`, before the answer: the fraction read back. */
  z.strictObject({ is: z.literal('progress'), fraction: z.number().min(0).max(1) }),
  z.strictObject({ is: z.literal('done'), name: copyName }),
  z.strictObject({ is: z.literal('cancelled') }),
  z.strictObject({ is: z.literal('failed'), why: exportFault }),
]);
export type Message = z.infer<typeof message>;
export type Answer = Exclude<Message, { is: 'progress' }>;
