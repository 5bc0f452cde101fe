import { createHash, type KeyObject, sign, verify, type X509Certificate } from 'node:crypto';

import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import { err, ok, type Result } from '../result.js';
import { isCanonical } from './base64.js';
import { certificateIn, digestFor, isFrom } from './certificates.js';
import { type MunicipalKey, municipalKey, publicKeyOf, textOf } from './municipal-key.js';

/** What a signature is for. It precedes what is signed, so that no signature serves for anything else. */
export type Purpose = 'pack' | 'calibration' | 'records';

/** Of a signature file, in bytes. A certificate with a key of RSA 4096 has about 1500. */
export const longestSignature = 8192;

/** Who may sign. */
export type Signers = {
  /** The municipality's key, once the counter has agreed to it. */
  readonly municipality: MunicipalKey | undefined;
  /** The vendor's certificates, or of those that issued them. */
  readonly vendor: readonly X509Certificate[];
};

export type Unsigned =
  /** No signature file that can be read: none of this version, cut short, too long. */
  | 'torn'
  /** By a key that is neither the vendor's nor the municipality's. */
  | 'foreign-key'
  /** Of other bytes, or for another purpose. */
  | 'other-file';

const version = z.literal(1);
const signature = z.string().min(1).max(1500).refine(isCanonical);

/** The file beside what it signs, made by a municipality, by a box (its records), or by a vendor. The vendor's names a certificate, in DER, since a keyring may hold its issuer only. */
const file = z.discriminatedUnion('by', [
  z.strictObject({ version, by: z.enum(['municipality', 'device']), key: municipalKey, signature }),
  z.strictObject({
    version,
    by: z.literal('vendor'),
    key: z.string().regex(/^x509:[A-Za-z0-9+/=]{1,6000}$/),
    signature,
  }),
]);
type File = z.infer<typeof file>;

const x509 = 'x509:';

/** What a signature is of: `terashi pack 1`, a line's end, and the 32 bytes of the content's sha256. */
function signed(sha256: Uint8Array, purpose: Purpose): Buffer {
  return Buffer.concat([Buffer.from(`terashi ${purpose} 1\n`), sha256]);
}

const sha256Of = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();

/**
 * Makes the content of a signature file, one line.
 *
 * @param key the municipality's private key, or the vendor's
 * @param certificate of the vendor's key
 * @throws RangeError where the certificate is not that of the key, or the key without one is not of Ed25519
 */
export function signatureOf(
  content: Uint8Array,
  purpose: Purpose,
  key: KeyObject,
  certificate?: X509Certificate,
): string {
  if (certificate && !certificate.checkPrivateKey(key)) throw new RangeError('certificate');
  const signature = sign(digestFor(key), signed(sha256Of(content), purpose), key).toString('base64');
  return lineOf(
    certificate
      ? { version: 1, by: 'vendor', key: x509 + certificate.raw.toString('base64'), signature }
      : { version: 1, by: 'municipality', key: textOf(key), signature },
  );
}

/**
 * The same of a box's records, which are signed as they are written to a stick.
 *
 * @param sha256 of the copy, in hexadecimal
 * @param key the box's private key, of Ed25519
 */
export function recordsSignatureOf(sha256: string, key: KeyObject): string {
  const signature = sign(null, signed(Buffer.from(sha256, 'hex'), 'records'), key).toString('base64');
  return lineOf({ version: 1, by: 'device', key: textOf(key), signature });
}

const lineOf = (made: File): string => `${JSON.stringify(made)}\n`;

/** Verifies content by its signature file. */
export function verifySignature(
  content: Uint8Array,
  purpose: Purpose,
  signatureFile: Uint8Array,
  signers: Signers,
): Result<undefined, Unsigned> {
  const read = readFile(Buffer.from(signatureFile).toString('utf8'));
  if (!read.ok) return read;
  const key = trustedKey(read.value, signers);
  if (!key.ok) return key;
  const isSigned = verifies(signed(sha256Of(content), purpose), key.value, read.value.signature);
  return isSigned ? ok() : err('other-file');
}

/**
 * The public key of the box that signed a copy of its records. Whose box it is, the caller tells. `torn` for anything but
 * what `recordsSignatureOf` wrote, byte for byte.
 *
 * @param sha256 of the copy, in hexadecimal
 */
export function recordsSignerOf(sha256: string, text: string): Result<MunicipalKey, 'torn' | 'other-file'> {
  const read = readFile(text);
  if (!read.ok) return read;
  const { by, key, signature } = read.value;
  if (by !== 'device' || lineOf(read.value) !== text) return err('torn');
  const isSigned = verifies(signed(Buffer.from(sha256, 'hex'), 'records'), publicKeyOf(key), signature);
  return isSigned ? ok(key) : err('other-file');
}

function readFile(text: string): Result<File, 'torn'> {
  const parsed = text.length > longestSignature ? err('torn') : parseLine(text, file);
  return parsed.ok ? parsed : err('torn');
}

/** The key of a signature, if it is one that may sign. */
function trustedKey({ by, key }: File, { municipality, vendor }: Signers): Result<KeyObject, Unsigned> {
  if (by === 'device') return err('foreign-key');
  if (by === 'municipality') return key === municipality ? ok(publicKeyOf(key)) : err('foreign-key');
  const certificate = certificateIn(Buffer.from(key.slice(x509.length), 'base64'));
  if (!certificate) return err('torn');
  return vendor.some((one) => isFrom(certificate, one)) ? ok(certificate.publicKey) : err('foreign-key');
}

function verifies(bytes: Uint8Array, key: KeyObject, signature: string): boolean {
  try {
    return verify(digestFor(key), bytes, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
