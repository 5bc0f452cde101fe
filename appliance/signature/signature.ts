import { createHash, createPublicKey, type KeyObject, sign, verify, type X509Certificate } from 'node:crypto';

import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import { err, ok, type Result } from '../result.js';
import { isCanonical } from './base64.js';
import { certificateIn, digestFor, isFrom } from './certificates.js';
import { type MunicipalKey, municipalKey, publicKeyOf, textOf } from './municipal-key.js';

/** What a signature is for. It precedes what is signed, so that no signature serves for anything else. */
export type Purpose = 'pack' | 'calibration';

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

/** The file beside what it signs. The vendor's names a certificate, in DER, since a keyring may hold its issuer only. */
const file = z.discriminatedUnion('by', [
  z.strictObject({ version, by: z.literal('municipality'), key: municipalKey, signature }),
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
function signed(content: Uint8Array, purpose: Purpose): Buffer {
  const digest = createHash('sha256').update(content).digest();
  return Buffer.concat([Buffer.from(`terashi ${purpose} 1\n`), digest]);
}

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
  const signature = sign(digestFor(key), signed(content, purpose), key).toString('base64');
  const made: File = certificate
    ? { version: 1, by: 'vendor', key: x509 + certificate.raw.toString('base64'), signature }
    : { version: 1, by: 'municipality', key: textOf(createPublicKey(key)), signature };
  return `${JSON.stringify(made)}\n`;
}

/** Verifies content by its signature file. */
export function verifySignature(
  content: Uint8Array,
  purpose: Purpose,
  signatureFile: Uint8Array,
  signers: Signers,
): Result<undefined, Unsigned> {
  if (signatureFile.length > longestSignature) return err('torn');
  const parsed = parseLine(Buffer.from(signatureFile).toString('utf8'), file);
  if (!parsed.ok) return err('torn');
  const key = trustedKey(parsed.value, signers);
  if (!key.ok) return key;
  return isSigned(signed(content, purpose), key.value, parsed.value.signature) ? ok() : err('other-file');
}

/** The key of a signature, if it is one that may sign. */
function trustedKey({ by, key }: File, { municipality, vendor }: Signers): Result<KeyObject, Unsigned> {
  if (by === 'municipality') return key === municipality ? ok(publicKeyOf(key)) : err('foreign-key');
  const certificate = certificateIn(Buffer.from(key.slice(x509.length), 'base64'));
  if (!certificate) return err('torn');
  return vendor.some((one) => isFrom(certificate, one)) ? ok(certificate.publicKey) : err('foreign-key');
}

function isSigned(bytes: Uint8Array, key: KeyObject, signature: string): boolean {
  try {
    return verify(digestFor(key), bytes, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
