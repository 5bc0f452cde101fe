import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import type { TpmFault } from '../tpm/tool.js';
import type { Tpm } from '../tpm/tpm.js';
import { readIfThere, syncFolder } from './folder.js';
import { writeAtomically } from './write-atomically.js';

/**
 * The key's password in the TPM lies on the card: whoever wants the key needs the card and this machine. No TPM signs with
 * Ed25519, so the key is kept in it and not used in it.
 */
const passwordFile = (folder: string): string => join(folder, 'device.tpm');

/** Half of the 32 bytes that a password of SHA-256 may have, in hexadecimal. */
const passwordBytes = 16;

/** Whether the key was put into a TPM, or was about to be. */
export async function isInTpm(folder: string): Promise<boolean> {
  return (await readIfThere(passwordFile(folder))) !== undefined;
}

export async function keyInTpm(folder: string, tpm: Tpm): Promise<Result<KeyObject, TpmFault>> {
  const read = await tpm.secret(passwordFile(folder));
  if (!read.ok) return read;
  try {
    return ok(createPrivateKey({ key: read.value, format: 'der', type: 'pkcs8' }));
  } catch {
    return err('absent');
  }
}

/** Puts a key into the TPM, and resolves to whether it can be read from there. */
export async function keepInTpm(folder: string, key: KeyObject, tpm: Tpm): Promise<boolean> {
  if (!(await isInTpm(folder)))
    await writeAtomically(passwordFile(folder), randomBytes(passwordBytes).toString('hex'), 0o400);
  const secret = key.export({ type: 'pkcs8', format: 'der' });
  const kept = await tpm.keepSecret(secret, passwordFile(folder));
  return kept.ok && (await holds(folder, key, tpm));
}

/** Moves `device.key` into the TPM. The file goes last, so that a power cut leaves it, or the key in the TPM, or both. */
export async function moveIntoTpm(folder: string, key: KeyObject, tpm: Tpm): Promise<void> {
  const isThere = (await isInTpm(folder)) && (await holds(folder, key, tpm));
  if (!isThere && !(await keepInTpm(folder, key, tpm))) return;
  await unlink(join(folder, 'device.key'));
  await syncFolder(folder);
}

async function holds(folder: string, key: KeyObject, tpm: Tpm): Promise<boolean> {
  const held = await keyInTpm(folder, tpm);
  return held.ok && held.value.equals(key);
}
