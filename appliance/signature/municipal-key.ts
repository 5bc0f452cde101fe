import { createPublicKey, type KeyObject } from 'node:crypto';

import * as z from 'zod';

import { isCanonical } from './base64.js';

const prefix = 'ed25519:';

/** The 32 bytes of a public key of Ed25519 (RFC 8032) as the settings hold it: `ed25519:` and their base64. */
export const municipalKey = z
  .string()
  .regex(/^ed25519:[A-Za-z0-9+/]{43}=$/)
  .refine((text) => isCanonical(text.slice(prefix.length)));
export type MunicipalKey = z.infer<typeof municipalKey>;

/** The key of a text that `municipalKey` accepts. */
export function publicKeyOf(text: MunicipalKey): KeyObject {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytesOf(text).toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

/**
 * The text of a key, or of the public half of a private one.
 *
 * @throws RangeError where it is not of Ed25519
 */
export function textOf(key: KeyObject): MunicipalKey {
  if (key.asymmetricKeyType !== 'ed25519') throw new RangeError(`${key.asymmetricKeyType}`);
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return prefix + Buffer.from(x!, 'base64url').toString('base64');
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text.slice(prefix.length), 'base64');
}
