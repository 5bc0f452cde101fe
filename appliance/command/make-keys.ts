import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { armor, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

import { isSystemError, writeFault } from '../record/fault.js';
import { makeFolder, syncFolder } from '../record/folder.js';
import { err, ok, type Result } from '../result.js';
import { textOf } from '../signature/municipal-key.js';

export const keyFiles = { export: 'terashi-export.agekey', signing: 'terashi-signing.pem' } as const;

/** The public halves, as the settings name them. */
export type PublicKeys = { readonly export: string; readonly signing: string };

/**
 * Makes the municipality's two key pairs, and writes their private halves for the owner only: an identity of age
 * (age-encryption.org/v1, as `age-keygen` writes it) and an Ed25519 key (PKCS #8, PEM). It replaces nothing.
 *
 * @param passphrase protects both files; without one whoever reads them has the keys
 */
export async function makeKeys(
  folder: string,
  passphrase: string | undefined,
): Promise<Result<PublicKeys, 'exists' | 'disk-full' | 'write-failed'>> {
  const paths = Object.values(keyFiles).map((name) => join(folder, name));
  if (paths.some((path) => existsSync(path))) return err('exists');
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const contents = [await identityFile(identity, recipient, passphrase), pemOf(privateKey, passphrase)];
  try {
    await makeFolder(folder);
    for (const [index, path] of paths.entries()) await writeNew(path, contents[index]);
    await syncFolder(folder);
    return ok({ export: recipient, signing: textOf(publicKey) });
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return err('exists');
    return err(writeFault(error) === 'record-disk-full' ? 'disk-full' : 'write-failed');
  }
}

async function identityFile(
  identity: string,
  recipient: string,
  passphrase: string | undefined,
): Promise<string> {
  const text = `# public key: ${recipient}\n${identity}\n`;
  if (passphrase === undefined) return text;
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(text));
}

function pemOf(key: KeyObject, passphrase: string | undefined): string {
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  const protection = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return key.export({ ...pem, ...protection }) as string;
}

/** Writes a file for its owner only; half of one is removed. */
async function writeNew(path: string, content: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
