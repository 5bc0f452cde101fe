import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { municipalKey, publicKeyOf, textOf } from '../signature/municipal-key.js';
import type { Tpm } from '../tpm/tpm.js';
import { isSystemError } from './fault.js';
import { makeFolder, readIfThere } from './folder.js';
import { isInTpm, keepInTpm, keyInTpm, moveIntoTpm } from './key-in-tpm.js';
import { writeAtomically } from './write-atomically.js';

/** The box's own Ed25519 key (RFC 8032), which signs the head of its records. A box makes it at its first start. */
export type DeviceKey = { readonly secret: KeyObject; readonly name: string };

/** Why there is no key now: the TPM that holds it does not answer, or does not give it out any more. */
export type NoKey = 'key-silent' | 'key-lost';

/**
 * The key in the TPM, or in `device.key` (PKCS #8, PEM) in the state folder, from where it is moved into the TPM if there is
 * one. Makes it where there is none, as in a checkout.
 *
 * @throws the system's error, or Node's where the file is no key
 */
export async function deviceKey(folder: string, tpm: Tpm | undefined): Promise<Result<DeviceKey, NoKey>> {
  const inFile = await readDeviceKey(folder);
  if (inFile) {
    if (tpm) await moveIntoTpm(folder, inFile, tpm);
    return ok(named(inFile));
  }
  if (!(await isInTpm(folder))) return ok(await newKey(folder, tpm));
  const held = tpm ? await keyInTpm(folder, tpm) : err('absent');
  if (held.ok) return ok(named(held.value));
  // It was never in use: the power was cut while it was put there.
  const isUnused = (await readIfThere(publicKeyFile(folder))) === undefined;
  if (isUnused && held.error !== 'silent') return ok(await newKey(folder, tpm));
  return err(held.error === 'silent' ? 'key-silent' : 'key-lost');
}

/** Makes a key: in the TPM alone where that takes it, else in the file. */
async function newKey(folder: string, tpm: Tpm | undefined): Promise<DeviceKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await makeFolder(folder);
  if (!tpm || !(await keepInTpm(folder, privateKey, tpm))) await writeDeviceKey(folder, privateKey);
  return named(privateKey);
}

const named = (secret: KeyObject): DeviceKey => ({ secret, name: textOf(secret) });

/** The private key in the folder, if there is one. */
async function readDeviceKey(folder: string): Promise<KeyObject | undefined> {
  const pem = await readIfThere(join(folder, 'device.key'));
  return pem === undefined ? undefined : createPrivateKey(pem);
}

/** Writes `device.key`. */
export async function writeDeviceKey(folder: string, key: KeyObject): Promise<void> {
  await writeAtomically(
    join(folder, 'device.key'),
    key.export({ type: 'pkcs8', format: 'pem' }) as string,
    0o400,
  );
}

/** The key that a word names; undefined for any other word. */
export function keyNamed(name: string): KeyObject | undefined {
  return municipalKey.safeParse(name).success ? publicKeyOf(name) : undefined;
}

/**
 * The public key that the records in a folder should be signed with: that of `device.key`, or of `device.pub` in a copy.
 * A word that names no key where the two differ, or one is none; undefined where there is neither.
 */
export async function expectedKey(folder: string): Promise<string | undefined> {
  const [own, beside] = await Promise.all([ownName(folder), readIfThere(publicKeyFile(folder))]);
  if (beside === undefined) return own;
  const named = beside.endsWith('\n') ? beside.slice(0, -1) : beside;
  return keyNamed(named) && (own ?? named) === named ? named : 'changed';
}

/** Another user's verification reads the records without their secret key. */
async function ownName(folder: string): Promise<string | undefined> {
  try {
    const key = await readDeviceKey(folder);
    return key && textOf(createPublicKey(key));
  } catch (error) {
    if (isSystemError(error) && error.code === 'EACCES') return undefined;
    return 'changed';
  }
}

/** Lays the public half beside the records as `device.pub`, for copies of them. */
export async function layPublicKey(folder: string, name: string): Promise<void> {
  await writeAtomically(publicKeyFile(folder), `${name}\n`, 0o600);
}

export function publicKeyFile(folder: string): string {
  return join(folder, 'device.pub');
}
