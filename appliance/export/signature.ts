import { sign, verify } from 'node:crypto';

import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import { type DeviceKey, keyNamed } from '../record/device-key.js';
import { err, ok, type Result } from '../result.js';

/** Bytes of the longest signature file. */
export const longestSignature = 1024;

const signatureFile = z.strictObject({
  version: z.literal(1),
  by: z.literal('device'),
  key: z.string().max(60),
  signature: z.base64(),
});
type SignatureFile = z.infer<typeof signatureFile>;

/** What is signed: this line, so that no signature for another purpose passes, and the 32 bytes of the file's sha256. */
const signed = (sha256: string): Buffer =>
  Buffer.concat([Buffer.from('terashi records 1\n'), Buffer.from(sha256, 'hex')]);

/**
 * The content of `FILE.sig`: the box's Ed25519 signature (RFC 8032) of a copy, in one line of JSON.
 *
 * @param sha256 of the copy, in hexadecimal
 */
export function signatureOf(sha256: string, { secret, name }: DeviceKey): string {
  const signature = sign(null, signed(sha256), secret).toString('base64');
  return lineOf({ version: 1, by: 'device', key: name, signature });
}

/**
 * The public key that signed, as `ed25519:BASE64`. `torn` for anything but what `signatureOf` wrote, byte for byte;
 * `other-file` where it is no signature of these bytes.
 */
export function signerOf(sha256: string, text: string): Result<string, 'torn' | 'other-file'> {
  const parsed = parseLine(text, signatureFile);
  if (!parsed.ok || lineOf(parsed.value) !== text) return err('torn');
  const { key: name, signature } = parsed.value;
  const key = keyNamed(name);
  const bytes = Buffer.from(signature, 'base64');
  if (!key || bytes.toString('base64') !== signature) return err('torn');
  return verify(null, signed(sha256), key, bytes) ? ok(name) : err('other-file');
}

function lineOf({ version, by, key, signature }: SignatureFile): string {
  return `${JSON.stringify({ version, by, key, signature })}\n`;
}
