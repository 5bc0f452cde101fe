import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { isSystemError } from '../record/fault.js';
import { err, ok, type Result } from '../result.js';

export type IdentityFault =
  /** There is no such file, or it may not be read. */
  | 'identity-unreadable'
  /** It holds no identity of age. */
  | 'not-an-identity'
  /** It is protected by a passphrase, and none or another one was given. */
  | 'wrong-passphrase';

/** In bytes; a file with one identity has some two hundred. */
const longestFile = 16 * 1024;

/**
 * The identities (private keys) in a file of age: as `age-keygen` and `terashi keys` write it, or the same encrypted with a
 * passphrase.
 *
 * @param askPassphrase is called if the file needs one
 */
export async function readIdentities(
  file: string,
  askPassphrase: () => Promise<string>,
): Promise<Result<readonly string[], IdentityFault>> {
  const content = await read(file);
  if (content === undefined) return err('identity-unreadable');
  const encrypted = await encryptedIn(content);
  if (!encrypted) return identitiesIn(content.toString('utf8'));
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(await askPassphrase());
  const text = await decrypter.decrypt(encrypted, 'text').catch(() => undefined);
  return text === undefined ? err('wrong-passphrase') : identitiesIn(text);
}

/** Lines that begin with `#` are comments. */
function identitiesIn(text: string): Result<readonly string[], 'not-an-identity'> {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const good = lines.length > 0 && lines.every((line) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(line));
  return good ? ok(lines) : err('not-an-identity');
}

/** The file's bytes if age encrypted it, with its armour taken off; undefined if it did not. */
async function encryptedIn(content: Buffer): Promise<Uint8Array | undefined> {
  const text = content.toString('latin1');
  if (text.startsWith('age-encryption.org/v1\n')) return content;
  if (!text.trimStart().startsWith('-----BEGIN AGE ENCRYPTED FILE-----')) return undefined;
  const { armor } = await import('age-encryption');
  try {
    return armor.decode(text);
  } catch {
    return undefined;
  }
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestFile + 1), 0, longestFile + 1, 0);
      return bytesRead > longestFile ? Buffer.alloc(0) : buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return undefined;
  }
}
