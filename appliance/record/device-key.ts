import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { municipalKey, publicKeyOf, textOf } from '../signature/municipal-key.js';
import { isSystemError } from './fault.js';
import { makeFolder } from './folder.js';
import { writeAtomically } from './write-atomically.js';

/** The box's own Ed25519 key (RFC 8032), which signs the head of its records. A box makes it at its first start. */
export type DeviceKey = { readonly secret: KeyObject; readonly name: string };

/**
 * Reads `device.key` (PKCS #8, PEM) in the state folder; makes it where there is none, as in a checkout.
 *
 * @throws the system's error, or Node's where the file is no key
 */
export async function deviceKey(folder: string): Promise<DeviceKey> {
  const secret = (await readDeviceKey(folder)) ?? (await makeDeviceKey(folder));
  return { secret, name: textOf(createPublicKey(secret)) };
}

/** The private key in the folder, if there is one. */
async function readDeviceKey(folder: string): Promise<KeyObject | undefined> {
  const pem = await readIfThere(join(folder, 'device.key'));
  return pem === undefined ? undefined : createPrivateKey(pem);
}

async function makeDeviceKey(folder: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await makeFolder(folder);
  await writeAtomically(
    join(folder, 'device.key'),
    privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    0o400,
  );
  return privateKey;
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

export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
