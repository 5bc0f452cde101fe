import { bech32 } from '@scure/base';
import * as z from 'zod';

/**
 * A recipient of age (age-encryption.org/v1): Bech32 (BIP 173) of the 32 bytes of an X25519 public key. Its checksum finds
 * a mistyped one. Post-quantum recipients (`age1pq1…`) are not taken: Debian's age cannot open what is encrypted to them.
 */
export const ageRecipient = z
  .string()
  .regex(/^age1[02-9ac-hj-np-z]{58}$/)
  .refine(isRecipient);

function isRecipient(text: string): boolean {
  const decoded = bech32.decodeUnsafe(text);
  const bytes = decoded && bech32.fromWordsUnsafe(decoded.words);
  return decoded?.prefix === 'age' && bytes instanceof Uint8Array && bytes.length === 32;
}
