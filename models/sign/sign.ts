import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { parseCalibration } from '../../appliance/calibration/read.js';
import { isPack, packManifest } from '../../appliance/face/manifest.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { textOf } from '../../appliance/signature/municipal-key.js';
import { type Purpose, signatureOf } from '../../appliance/signature/signature.js';
import { signatureBeside } from '../../appliance/signature/signed-file.js';
import { type Problem, problems } from '../experiment/problems.js';
import { writeResult } from '../experiment/write-result.js';

/** Who signs: the municipality with its key, or the vendor with the key for updates and its certificate. */
export type Signer = { readonly key: KeyObject; readonly certificate?: X509Certificate };

export type Signed = {
  readonly file: string;
  readonly signature: string;
  readonly purpose: Purpose;
  readonly by: 'vendor' | 'municipality';
  /** The line of the settings that a box needs; null for the vendor's, whose certificate a box has. */
  readonly setting: string | null;
};

/**
 * Reads the key of a signer.
 *
 * @param files paths of PEM files: the private key, the certificate of a vendor's, and a file whose first line is the key's
 *   passphrase, if it has one
 */
export async function readSigner(files: {
  readonly key: string;
  readonly certificate?: string | undefined;
  readonly passphrase?: string | undefined;
}): Promise<Result<Signer, Problem>> {
  const { key: keyFile, certificate: certificateFile, passphrase: passphraseFile } = files;
  const passphrase = passphraseFile === undefined ? ok(undefined) : await textOfFile(passphraseFile);
  if (!passphrase.ok) return passphrase;
  const key = await textOfFile(keyFile);
  if (!key.ok) return key;
  const privateKey = tried(() =>
    createPrivateKey({ key: key.value, passphrase: passphrase.value?.split(/\r?\n/)[0] }),
  );
  if (!privateKey) return err(problems.keyUnusable(keyFile));
  if (certificateFile === undefined)
    return privateKey.asymmetricKeyType === 'ed25519'
      ? ok({ key: privateKey })
      : err(problems.keyOfVendor(keyFile));
  const pem = await textOfFile(certificateFile);
  if (!pem.ok) return pem;
  const certificate = tried(() => new X509Certificate(pem.value));
  return certificate?.checkPrivateKey(privateKey)
    ? ok({ key: privateKey, certificate })
    : err(problems.certificateOfOther(certificateFile));
}

/** Signs a calibration, or a pack by its manifest, and writes the signature beside it. */
export async function sign(path: string, signer: Signer): Promise<Result<Signed, Problem>> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  const file = isFolder ? join(path, packManifest) : path;
  const content = await readFile(file).catch(() => undefined);
  if (!content) return err(problems.fileUnreadable(file));
  const purpose = purposeOf(content);
  if (!purpose) return err(problems.nothingToSign(file));
  const signature = signatureBeside(file);
  const written = await writeResult(signature, signatureOf(content, purpose, signer.key, signer.certificate));
  if (!written.ok) return written;
  const by = signer.certificate ? 'vendor' : 'municipality';
  const setting = signer.certificate ? null : `signing = "${textOf(signer.key)}"`;
  return ok({ file, signature, purpose, by, setting });
}

function purposeOf(content: Uint8Array): Purpose | undefined {
  if (parseCalibration(content)) return 'calibration';
  return isPack(content) ? 'pack' : undefined;
}

async function textOfFile(path: string): Promise<Result<string, Problem>> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? err(problems.fileUnreadable(path)) : ok(text);
}

/** Undefined where node:crypto refuses what is in a file. */
function tried<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
