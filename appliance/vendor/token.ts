import { createHash, createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';

import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import { shortNumber, tokenId, type VendorFault } from '../protocol/vendor.js';
import { err, ok, type Result } from '../result.js';
import { certificateIn, certificatesIn, digestFor, isFrom } from '../signature/certificates.js';

/** The name of a token in the top folder of a stick. */
export const tokenFile = 'terashi-vendor.token';

/** In bytes. A certificate with a key of RSA 4096 has about 1500. */
export const longestToken = 8192;

const terms = {
  /** The last day on which it opens a box, in the box's time zone. */
  until: z.iso.date(),
  /** How long the bench test works a box without a break, in minutes. */
  minutes: z.number().positive().max(1440),
};

/** What the vendor signs: one box by its number, or every box that runs one image. */
export const grant = z.union([
  z.strictObject({ box: shortNumber, ...terms }),
  z.strictObject({ image: shortNumber, ...terms }),
]);
export type Grant = Readonly<z.infer<typeof grant>>;

/** A grant whose signature was verified. */
export const token = z.strictObject({
  id: tokenId,
  box: shortNumber.optional(),
  image: shortNumber.optional(),
  ...terms,
});
export type Token = Readonly<z.infer<typeof token>>;

/** The file. Binary values are base64; the certificate is DER, since the keyring may hold its issuer only. */
const file = z.strictObject({
  'terashi-vendor-token': z.literal(1),
  grant: z.base64().max(400),
  certificate: z.base64().max(6000),
  signature: z.base64().max(1500),
});

/** Precedes what is signed, so that no signature for another purpose serves as one of a token. */
const purpose = Buffer.from('terashi-vendor-token 1\n');

const signed = (granted: Uint8Array): Buffer => Buffer.concat([purpose, granted]);

/**
 * Makes the content of a token file.
 *
 * @param keys the key for updates and its certificate, in PEM
 * @throws RangeError where the certificate is not that of the key
 */
export function makeToken(
  granted: Grant,
  keys: { readonly key: string; readonly certificate: string },
): string {
  const key = createPrivateKey(keys.key);
  const certificate = new X509Certificate(keys.certificate);
  if (!certificate.checkPrivateKey(key))
    throw new RangeError('証明書が鍵のものではありません / the certificate is not that of the key');
  const bytes = Buffer.from(JSON.stringify(grant.parse(granted)));
  const made: z.infer<typeof file> = {
    'terashi-vendor-token': 1,
    grant: bytes.toString('base64'),
    certificate: certificate.raw.toString('base64'),
    signature: sign(digestFor(key), signed(bytes), key).toString('base64'),
  };
  return `${JSON.stringify(made, undefined, 2)}\n`;
}

/**
 * Verifies a token file.
 *
 * @param content of the file, of which no more than `longestToken` bytes are looked at
 * @param keyring the certificates that updates may be signed with, or of those that issued them, in PEM
 */
export function readToken(
  content: Uint8Array,
  keyring: string,
): Result<Token, Extract<VendorFault, 'torn' | 'foreign-key' | 'no-keyring'>> {
  const trusted = certificatesIn(keyring);
  if (trusted.length === 0) return err('no-keyring');
  if (content.length > longestToken) return err('torn');
  const parsed = parseLine(Buffer.from(content).toString('utf8'), file);
  if (!parsed.ok) return err('torn');
  const bytes = Buffer.from(parsed.value.grant, 'base64');
  const granted = parseLine(bytes.toString('utf8'), grant);
  const certificate = certificateIn(Buffer.from(parsed.value.certificate, 'base64'));
  if (!granted.ok || !certificate) return err('torn');
  if (!trusted.some((one) => isFrom(certificate, one))) return err('foreign-key');
  if (!isSigned(bytes, certificate.publicKey, parsed.value.signature)) return err('torn');
  return ok({ id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), ...granted.value });
}

function isSigned(granted: Uint8Array, key: KeyObject, signature: string): boolean {
  try {
    return verify(digestFor(key), signed(granted), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
