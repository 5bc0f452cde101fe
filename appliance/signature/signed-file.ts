import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';

import { err, ok, type Result } from '../result.js';
import { certificatesIn, keyringFile } from './certificates.js';
import type { MunicipalKey } from './municipal-key.js';
import { longestSignature, type Purpose, type Signers, type Unsigned, verifySignature } from './signature.js';

/** Whose signature a file needs; `anybody` at a workbench, which is no counter: then it needs none. */
export type Trusted = Signers | 'anybody';

/** The signature beside a file. */
export const signatureBeside = (path: string): string => `${path}.sig`;

/** Who may sign on this machine: the vendor by the keyring for updates, and the municipality. */
export function signersHere(municipality: MunicipalKey | undefined, keyring = keyringFile): Signers {
  return { municipality, vendor: certificatesIn(readUpTo(keyring, 256 * 1024)?.toString('utf8') ?? '') };
}

/**
 * Reads a file that must be signed. What is returned are the bytes that were verified: who parses them need not read the
 * file again, which may be another by then.
 *
 * @param longest bytes; a longer file counts as `missing`
 * @returns `unsigned` where there is no signature beside it
 */
export function readSigned(
  path: string,
  longest: number,
  purpose: Purpose,
  trusted: Trusted,
): Result<Buffer, 'missing' | 'unsigned' | Unsigned> {
  const content = readUpTo(path, longest);
  if (!content) return err('missing');
  if (trusted === 'anybody') return ok(content);
  const file = readUpTo(signatureBeside(path), longestSignature);
  if (!file) return err(existsSync(signatureBeside(path)) ? 'torn' : 'unsigned');
  const verified = verifySignature(content, purpose, file, trusted);
  return verified.ok ? ok(content) : verified;
}

/** A regular file of at most so many bytes; undefined for anything else. A pipe is not waited for. */
function readUpTo(path: string, longest: number): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(file).isFile()) return undefined;
    const buffer = Buffer.alloc(longest + 1);
    let length = 0;
    for (let read = 1; read > 0 && length <= longest; length += read)
      read = readSync(file, buffer, length, buffer.length - length, null);
    return length <= longest ? buffer.subarray(0, length) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
