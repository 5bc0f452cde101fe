import { sign, verify } from 'node:crypto';
import { dirname, join, parse } from 'node:path';

import * as z from 'zod';

import { err, ok, type Result } from '../result.js';
import type { Chain } from './chain.js';
import { type DeviceKey, keyNamed } from './device-key.js';
import { readIfThere } from './folder.js';
import { tpmNote, type TpmNote } from './tpm-note.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);

const content = {
  version: z.literal(1),
  /** Lines of the record file, the last one's sha256, and the first one's. */
  lines: count,
  hash: sha256,
  origin: sha256,
  /** The boot in which it was signed, counted from 1. */
  boot: count,
  /** Lines from before heads were signed, which nothing covered when they were written. */
  unsigned: count,
  /** The last line itself, without its newline: it is signed before it is appended, and healed from here. */
  last: z.string(),
  /** The public key that signed it, as `ed25519:BASE64`. */
  key: z.string(),
  /** What the TPM's counter stands at once the last line is counted; absent where none counts. */
  counter: count.optional(),
  /** What no record says yet. */
  notes: z.array(tpmNote).max(tpmNote.options.length).optional(),
};
const signedHead = z.strictObject({ ...content, signature: z.base64() });

/** What the box's key vouches for: how long the record file is, and how it ends. */
export type Head = Omit<z.infer<typeof signedHead>, 'signature'>;

/** So that no signature of the key for another purpose passes as one of a head. */
const domain = 'terashi records 1\n';

/** What a head says of the TPM. */
export type OfTpm = { readonly counter: number | undefined; readonly notes: readonly TpmNote[] };

/** The head of a chain whose last line is `last`. */
export const headOf = (
  chain: Chain,
  last: string,
  { boot, unsigned, key }: Pick<Head, 'boot' | 'unsigned' | 'key'>,
  told: OfTpm,
): Head => {
  const { lines, hash, origin } = chain;
  return withTpm({ version: 1, lines, hash, origin, boot, unsigned, last, key }, told);
};

export const ofTpm = ({ counter, notes = [] }: Head): OfTpm => ({ counter, notes });

/** The head with this of the TPM. */
export function withTpm(head: Head, { counter, notes }: OfTpm): Head {
  const { counter: _, notes: __, ...rest } = head;
  return {
    ...rest,
    ...(counter === undefined ? {} : { counter }),
    ...(notes.length === 0 ? {} : { notes: [...notes] }),
  };
}

/** One line of canonical JSON with its Ed25519 signature (RFC 8032) in it. */
export function signedText(head: Head, { secret }: DeviceKey): string {
  const signature = sign(null, signedBytes(head), secret).toString('base64');
  return `${JSON.stringify({ ...head, signature })}\n`;
}

/** Reads what `signedText` wrote, byte for byte; an error for anything else. */
export function readHead(text: string): Result<Head, 'changed'> {
  try {
    const { signature, ...head } = signedHead.parse(JSON.parse(text));
    const key = keyNamed(head.key);
    const bytes = Buffer.from(signature, 'base64');
    const isCanonical = text === `${JSON.stringify({ ...head, signature })}\n`;
    const isSigned =
      key && bytes.toString('base64') === signature && verify(null, signedBytes(head), key, bytes);
    return isCanonical && isSigned ? ok(head) : err('changed');
  } catch {
    return err('changed');
  }
}

function signedBytes(head: Head): Buffer {
  return Buffer.from(domain + JSON.stringify(head));
}

/** The head in a file; undefined where there is none. */
export async function headIn(path: string): Promise<Result<Head | undefined, 'changed'>> {
  const text = await readIfThere(path);
  return text === undefined ? ok(undefined) : readHead(text);
}

/** `records.head` beside `records.jsonl`. */
export function headFile(recordFile: string): string {
  return join(dirname(recordFile), `${parse(recordFile).name}.head`);
}

/** The same name in the witness's folder. */
export function witnessFile(recordFile: string, folder: string): string {
  return join(folder, `${parse(recordFile).name}.head`);
}
