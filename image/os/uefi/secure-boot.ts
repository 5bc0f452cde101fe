import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { output } from '../../package/run-program.js';

/**
 * Paths of PEM files: the vendor's key and certificate for Secure Boot. One key is platform key, key exchange key and
 * signs what may start, because one vendor holds all three.
 */
export type SecureBootKeys = { readonly key: string; readonly certificate: string };

/** Keys, and the time of the signature in seconds since 1970: the same input gives the same bytes. */
export type Signer = SecureBootKeys & { readonly time: number };

/** Whoever owns the entries of the key set (UEFI 2.10, 32.4.1, "SignatureOwner"): arbitrary but fixed. */
const owner = '7e7a511c-0de0-4a5d-8f1e-00000000000f';

/** Names of the variables, as systemd-boot expects their files (systemd-boot(7), `secure-boot-enroll`). */
export const keyVariables = ['PK', 'KEK', 'db'] as const;

/**
 * Reads the keys before a build that takes minutes.
 *
 * @throws unless they are a pair of RSA with 2048 bits or more, and the key is not encrypted
 */
export async function checkSecureBootKeys({ key, certificate }: SecureBootKeys): Promise<void> {
  try {
    const own = createPrivateKey(await readFile(key));
    const { modulusLength = 0 } = own.asymmetricKeyDetails ?? {};
    const isPair = new X509Certificate(await readFile(certificate)).checkPrivateKey(own);
    if (isPair && own.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return;
  } catch {
    // Told below, with the remedy.
  }
  throw new Error(
    `${key} と ${certificate} では、起動するものに署名できません。暗号を解いた RSA 2048ビットの鍵と、その証明書が要ります（image/RELEASE.md） / ` +
      `${key} and ${certificate} cannot sign what starts: give an RSA key of 2048 bits that is not encrypted, and its certificate (image/RELEASE.md)`,
  );
}

/** Signs an EFI program in place (Authenticode). */
export async function signProgram(file: string, { key, certificate, time }: Signer): Promise<void> {
  const signed = `${file}.signed`;
  const asked = ['-h', 'sha256', '-key', resolve(key), '-certs', resolve(certificate), '-time', String(time)];
  await output('osslsigncode', ['sign', ...asked, '-in', file, '-out', signed], { cwd: dirname(file) });
  await rename(signed, file);
}

/**
 * Writes the key set that firmware in setup mode takes: `PK.auth`, `KEK.auth` and `db.auth`, and nobody else's keys.
 * Firmware takes a later one in the place of an earlier one.
 */
export async function writeKeySet({ key, certificate, time }: Signer, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [own, trusted] = [resolve(key), resolve(certificate)];
  const list = join(folder, 'list.esl');
  const inFolder = { cwd: folder, env: { TZ: 'UTC' } };
  await output('cert-to-efi-sig-list', ['-g', owner, trusted, list], inFolder);
  const stamp = new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const signed = ['-g', owner, '-t', stamp, '-k', own, '-c', trusted];
  for (const name of keyVariables)
    await output('sign-efi-sig-list', [...signed, name, list, `${name}.auth`], inFolder);
  await rm(list);
}
