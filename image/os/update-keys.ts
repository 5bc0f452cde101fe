import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { run } from '../package/run-program.js';
import type { SecureBootKeys } from './uefi/secure-boot.js';

/**
 * Paths of PEM files: the key and certificate that sign an update, and the certificates that boxes trust (the
 * signer or its CA).
 */
export type UpdateKeys = { readonly certificate: string; readonly key: string; readonly keyring: string };

/** RSA signatures are deterministic; 3072 bits have a strength of 128 bits (NIST SP 800-57). */
const forUpdates = { file: 'development', kind: 'rsa:3072', subject: '/CN=Terashi development' };
/** What every UEFI firmware checks (UEFI 2.10, 32.4.1, EFI_CERT_RSA2048); not every one checks longer keys. */
const forSecureBoot = { file: 'secure-boot', kind: 'rsa:2048', subject: '/CN=Terashi development start' };
/** In days: boxes may be updated after many years, and their clocks may be wrong. */
const validity = '36500';

/** This computer's development key, created on first use. Boxes that ship must not trust it. */
export async function developmentKeys(): Promise<UpdateKeys> {
  const { key, certificate } = await developmentPair(forUpdates);
  return { key, certificate, keyring: certificate };
}

/** This computer's development key for Secure Boot, likewise. */
export const developmentSecureBootKeys = (): Promise<SecureBootKeys> => developmentPair(forSecureBoot);

async function developmentPair({ file, kind, subject }: typeof forUpdates): Promise<SecureBootKeys> {
  const folder = join(installation.root, 'build', 'update-keys');
  const certificate = join(folder, `${file}.cert.pem`);
  const key = join(folder, `${file}.key.pem`);
  if (existsSync(certificate)) return { key, certificate };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const made = `${certificate}.new`;
  const signed = ['-x509', '-days', validity, '-subj', subject, '-out', made];
  await run('openssl', ['req', '-newkey', kind, '-noenc', '-keyout', key, ...signed], { cwd: folder });
  await rename(made, certificate);
  return { key, certificate };
}
